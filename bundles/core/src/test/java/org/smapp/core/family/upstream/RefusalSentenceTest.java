package org.smapp.core.family.upstream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.smapp.api.Command;
import org.smapp.api.Errno;
import org.smapp.api.FourTuple;
import org.smapp.api.IpAddress;
import org.smapp.api.Token;
import org.smapp.api.TransportAddress;
import org.smapp.netlink.NetlinkError;

/** What a refusal means. That the kernel refuses so is tested on the kernel; this is about every errno that it may answer. */
final class RefusalSentenceTest {

    private static final int NONE = -1;
    private static final Token TOKEN = new Token(7);
    private static final IpAddress HERE = IpAddress.parse("192.0.2.1");
    private static final IpAddress THERE = IpAddress.parse("198.51.100.1");
    private static final Command CREATE = new Command.CreateSubflow(
            TOKEN, new TransportAddress(HERE, 0), 3, new TransportAddress(THERE, 443), false, 5);
    private static final Command DESTROY = new Command.DestroySubflow(TOKEN, new FourTuple(HERE, 4000, THERE, 443));
    private static final Command ANNOUNCE = new Command.Announce(TOKEN, new TransportAddress(HERE, 0), 3);
    private static final Command WITHDRAW = new Command.Withdraw(TOKEN, 3);
    private static final Command BACKUP = new Command.SetBackup(TOKEN, new FourTuple(HERE, 4000, THERE, 443), true);

    private static void says(Command command, Errno errno, String advice) {
        says(command, errno, NONE, advice);
    }

    private static void says(Command command, Errno errno, int missingAttribute, String advice) {
        String sentence = RefusalSentence.of(command, new NetlinkError(errno.number(), "text", NONE, missingAttribute));
        assertTrue(sentence.startsWith("The kernel refused to " + command + ": "), sentence);
        assertTrue(sentence.contains(errno.name()) && sentence.contains(" \"text\". "), sentence);
        assertTrue(sentence.contains(advice), sentence);
    }

    @Test
    void shouldExplainWhyThereIsNoSubflow() {
        says(CREATE, Errno.EADDRNOTAVAIL, "No interface has the address 192.0.2.1");
        says(CREATE, Errno.EADDRINUSE, "Another socket uses 192.0.2.1");
        says(CREATE, Errno.ENODEV, "no interface number 5");
        says(CREATE, Errno.ENETUNREACH, "No route leads from 192.0.2.1 to 198.51.100.1");
        says(CREATE, Errno.ENOTCONN, "not fully established yet");
        says(CREATE, Errno.EINVAL, "connection " + TOKEN + " is gone");
        says(DESTROY, Errno.ESRCH, "no such subflow");
        says(DESTROY, Errno.EINVAL, "connection " + TOKEN + " is gone");
        says(
                new Command.DestroySubflow(TOKEN, new FourTuple(HERE, 0, THERE, 443)),
                Errno.EINVAL,
                "known by both ports");
        says(
                new Command.DestroySubflow(TOKEN, new FourTuple(HERE, 4000, THERE, 0)),
                Errno.EINVAL,
                "known by both ports");
        says(BACKUP, Errno.EINVAL, "has no such subflow");
    }

    @Test
    void shouldExplainIds() {
        says(ANNOUNCE, Errno.EINVAL, "by another id than 3");
        says(new Command.Announce(TOKEN, new TransportAddress(HERE, 0), 0), Errno.EINVAL, "from 1 to 255");
        says(WITHDRAW, Errno.EINVAL, "knows no address with id 3");
    }

    @Test
    void shouldNameTheMissingAttribute() {
        for (Command each : new Command[] {CREATE, DESTROY, ANNOUNCE, WITHDRAW, BACKUP}) {
            says(each, Errno.EINVAL, 0, "misses attribute 0");
            says(each, Errno.EINVAL, 4, "misses attribute 4");
        }
    }

    @Test
    void shouldExplainWhatEveryCommandCanBeAnswered() {
        for (Command each : new Command[] {CREATE, DESTROY, ANNOUNCE, WITHDRAW, BACKUP}) {
            says(each, Errno.EPERM, "CAP_NET_ADMIN");
            says(each, Errno.ERANGE, "wrong length");
            says(each, Errno.EOPNOTSUPP, "Linux 5.19");
            says(each, Errno.EBUSY, "kernel's log");
        }
    }

    @Test
    void shouldQuoteOnlyWhatTheKernelSaid() {
        assertEquals(
                "The kernel refused to wait: " + Errno.describe(1) + ". ",
                RefusalSentence.opening("wait", new NetlinkError(1, "", NONE, NONE)));
    }
}
