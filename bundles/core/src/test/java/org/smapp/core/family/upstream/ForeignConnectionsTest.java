package org.smapp.core.family.upstream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.smapp.api.Command;
import org.smapp.api.Errno;
import org.smapp.api.FourTuple;
import org.smapp.api.Token;
import org.smapp.api.TransportAddress;
import org.smapp.api.event.ConnectionClosed;
import org.smapp.core.pm.PathManagerChannel;
import org.smapp.linux.LinuxException;
import org.smapp.testkit.lab.Deadline;

/** Connections that commands can't reach: the in-kernel path manager's, another namespace's, all without CAP_NET_ADMIN. */
final class ForeignConnectionsTest extends KernelContract {

    private static final String NOT_SELECTED = "userspace PM not selected";
    private static final String KERNELS = "belongs to the in-kernel";

    private static final Duration SOON = Duration.ofSeconds(20);

    private final TransportAddress local = at("10.0.3.1", 0);

    private Command create() {
        return new Command.CreateSubflow(token, local, 1, at(KernelUnderTest.HOST, PORT), false, 0);
    }

    private boolean isOurs(Token of) {
        try {
            return channel.queries().isOurs(of);
        } catch (LinuxException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void shouldRefuseWhatTheInKernelPathManagerOwns() throws Exception {
        kernel.userSpacePathManager(false);
        token = connect(PORT + 1, true);
        kernel.userSpacePathManager(true); // changes nothing for a connection that is there
        FourTuple ends = new FourTuple(tuple.localAddress(), 4, tuple.remoteAddress(), PORT + 1);
        refused(Errno.EINVAL, NOT_SELECTED, 56, KERNELS, new Command.Announce(token, local, 1));
        refused(Errno.EINVAL, NOT_SELECTED, 20, KERNELS, new Command.Withdraw(token, 1));
        refused(Errno.EINVAL, NOT_SELECTED, 56, KERNELS, create());
        refused(Errno.EINVAL, NOT_SELECTED, 48, KERNELS, new Command.DestroySubflow(token, ends));
        refused(Errno.EINVAL, NOT_SELECTED, 56, KERNELS, new Command.SetBackup(token, ends, true));
        assertEquals(Optional.empty(), addresses(token));
        assertEquals(Optional.empty(), address(token, 1));
        assertFalse(isOurs(token));
    }

    @Test
    void shouldNotReachAConnectionThatIsOver() throws IOException {
        closeConnections();
        await(ConnectionClosed.class, each -> each.token().equals(token));
        Deadline.waitFor("the token to die", SOON, () -> !isOurs(token));
        refused(Errno.EINVAL, "invalid token", 56, "is gone", new Command.Announce(token, local, 10));
    }

    @Test
    void shouldKnowItsOwn() {
        assertTrue(isOurs(token));
        assertFalse(isOurs(UNKNOWN));
    }

    @Test
    void shouldNotReachAnotherNamespace() throws Exception {
        PathManagerChannel here = channel;
        try (KernelUnderTest other = kind.open();
                PathManagerChannel elsewhere = PathManagerChannel.open(other.linux(), other.namespace(), 1 << 16)) {
            channel = elsewhere;
            refused(Errno.EINVAL, "invalid token", 56, "is gone", new Command.Announce(token, local, 10));
        } finally {
            channel = here;
        }
    }

    @Test
    void shouldOnlyReadWithoutCapability() throws Exception {
        kernel.unprivileged(() -> {
            for (Command each : new Command[] {
                new Command.Announce(token, local, 10),
                new Command.Withdraw(token, 10),
                create(),
                new Command.DestroySubflow(token, tuple),
                new Command.SetBackup(token, tuple, true)
            }) {
                refused(Errno.EPERM, "", NOWHERE, "CAP_NET_ADMIN", each);
            }
            return addresses(token).orElseThrow();
        });
    }

    @Test
    void shouldNotHearWithoutCapability() throws Exception {
        IOException refused = kernel.unprivileged(() -> assertThrows(IOException.class, () -> open(1 << 16)));
        assertTrue(refused.getMessage().contains("CAP_NET_ADMIN"), refused.getMessage());
        assertEquals(Errno.EPERM.number(), ((LinuxException) refused.getCause()).errno());
    }
}
