package org.smapp.core.publish;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.smapp.api.CloseCause;
import org.smapp.api.Command;
import org.smapp.api.Errno;
import org.smapp.api.FourTuple;
import org.smapp.api.IpAddress;
import org.smapp.api.LocalAddress;
import org.smapp.api.Outcome;
import org.smapp.api.PathTrouble;
import org.smapp.api.Token;
import org.smapp.api.event.CommandDone;
import org.smapp.api.event.ConnectionClosed;
import org.smapp.api.event.LocalAddressRemoved;
import org.smapp.api.event.SubflowClosed;
import org.smapp.api.event.SubflowEstablished;

final class PathTroublesTest {

    private static final Token TOKEN = new Token(7);
    private static final FourTuple SUBFLOW =
            new FourTuple(IpAddress.parse("::ffff:10.0.2.1"), 40_000, IpAddress.parse("::ffff:192.0.2.1"), 443);
    private static final FourTuple PAIR =
            new FourTuple(IpAddress.parse("10.0.2.1"), 0, IpAddress.parse("192.0.2.1"), 443);

    private final PathTroubles troubles = new PathTroubles();
    private long nowMs = 1_000_000;

    private void asked(Outcome outcome) {
        Command create = new Command.CreateSubflow(TOKEN, PAIR.local(), 1, PAIR.remote(), false, 0);
        troubles.hear(new CommandDone(TOKEN, create, outcome, "fullmesh", "", 0), nowMs);
    }

    private void asked() {
        asked(Outcome.Accepted.ACCEPTED);
    }

    private void established() {
        troubles.hear(new SubflowEstablished(TOKEN, SUBFLOW, 1, 0, false, 0), nowMs);
    }

    private void closed(CloseCause cause) {
        troubles.hear(new SubflowClosed(TOKEN, SUBFLOW, 1, 0, false, 0, cause), nowMs);
    }

    private static CloseCause error(Errno errno) {
        return new CloseCause(errno.number(), CloseCause.NO_RESET, false);
    }

    private PathTrouble only() {
        List<PathTrouble> all = troubles.now(nowMs);
        assertEquals(1, all.size(), all::toString);
        assertEquals(PAIR, all.get(0).pair());
        return all.get(0);
    }

    private void assertSays(String words) {
        assertTrue(only().toString().contains(words), () -> only().toString());
    }

    @Test
    void shouldTellApartWhatEndsSubflows() {
        closed(error(Errno.ECONNREFUSED));
        assertSays("refused by a reset");
        closed(CloseCause.NO_OPTION);
        assertSays("without Multipath TCP's option");
        closed(error(Errno.ETIMEDOUT));
        assertSays("no answer");
        established();
        nowMs += 40;
        closed(CloseCause.ORDERLY);
        assertSays("right after the handshake");
        closed(new CloseCause(0, 6, false));
        assertSays("middlebox interference");
        asked(new Outcome.Refused(99, "", -1, -1, "The address is not there."));
        assertSays("The address is not there.");
    }

    @Test
    void shouldCountTheSameInARow() {
        closed(error(Errno.ECONNREFUSED));
        nowMs += 30_000;
        closed(error(Errno.ECONNREFUSED));
        assertEquals(2, only().times());
        assertEquals(1_000_000, only().since().toEpochMilli());
        closed(error(Errno.ETIMEDOUT));
        assertEquals(1, only().times());
    }

    @Test
    void shouldSeeThatNobodyAnswers() {
        asked();
        assertEquals(List.of(), troubles.now(nowMs));
        nowMs += 4_000;
        assertSays("no answer so far");
        established();
        assertEquals(List.of(), troubles.now(nowMs));
        asked();
        nowMs += 4_000;
        troubles.hear(new ConnectionClosed(TOKEN), nowMs);
        assertEquals(List.of(), troubles.now(nowMs));
    }

    @Test
    void shouldForgetOnceASubflowLives() {
        closed(error(Errno.ECONNREFUSED));
        established();
        nowMs += 5_000;
        assertSays("refused");
        nowMs += 6_000;
        assertEquals(List.of(), troubles.now(nowMs));
    }

    @Test
    void shouldNotTakeWhatThisHostEndsForTrouble() {
        established();
        Command destroy = new Command.DestroySubflow(TOKEN, SUBFLOW);
        troubles.hear(new CommandDone(TOKEN, destroy, Outcome.Accepted.ACCEPTED, "fullmesh", "", 0), nowMs);
        closed(CloseCause.ORDERLY);
        assertEquals(List.of(), troubles.now(nowMs));
    }

    @Test
    void shouldForgetAnAddressThatIsGone() {
        closed(error(Errno.ECONNREFUSED));
        LocalAddress gone = new LocalAddress(PAIR.localAddress(), 24, 3, "wan2");
        troubles.hear(new LocalAddressRemoved(gone, "interface wan2 is down"), nowMs);
        assertEquals(List.of(), troubles.now(nowMs));
    }

    @Test
    void shouldRememberNoMoreThanItsBound() {
        for (int i = 0; i < 10_000; i++) {
            FourTuple other = new FourTuple(IpAddress.v4(0x0a000000 + i), 1, PAIR.remoteAddress(), 443);
            troubles.hear(new SubflowClosed(new Token(i), other, 1, 0, false, 0, error(Errno.ECONNREFUSED)), nowMs);
        }
        assertEquals(256, troubles.now(nowMs).size());
        assertEquals(
                IpAddress.v4(0x0a000000 + 9_999),
                troubles.now(nowMs).get(0).pair().localAddress());
    }
}
