package org.smapp.core.family.upstream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.smapp.api.CloseCause;
import org.smapp.api.Command;
import org.smapp.api.Errno;
import org.smapp.api.FourTuple;
import org.smapp.api.IpAddress;
import org.smapp.api.Token;
import org.smapp.api.TransportAddress;
import org.smapp.api.event.SubflowClosed;
import org.smapp.api.event.SubflowEstablished;
import org.smapp.linux.LinuxException;

/** SUBFLOW_CREATE, SUBFLOW_DESTROY and SET_FLAGS. */
final class SubflowCommandsTest extends KernelContract {

    private static final String MISMATCH = "did not match address and id";
    private static final String NO_SUBFLOW = "subflow not found";

    private final TransportAddress remote = at(KernelUnderTest.HOST, PORT);

    private Command create(String local, int id) {
        return create(token, at(local, 0), id, remote, 0);
    }

    private static Command create(Token of, TransportAddress local, int id, TransportAddress remote, int index) {
        return new Command.CreateSubflow(of, local, id, remote, false, index);
    }

    private FourTuple established(int localId) throws LinuxException {
        SubflowEstablished event =
                await(SubflowEstablished.class, each -> each.token().equals(token) && each.localId() == localId);
        return event.tuple();
    }

    @Test
    void shouldOpenAndCloseASubflow() throws LinuxException {
        accepted(create("10.0.2.1", 10));
        FourTuple second = established(10);
        assertEquals(IpAddress.parse("10.0.2.1"), second.localAddress());
        assertEquals(remote, second.remote());
        assertTrue(second.localPort() > 0);

        accepted(new Command.SetBackup(token, second, true));
        accepted(new Command.SetBackup(token, second, false));

        accepted(new Command.DestroySubflow(token, second));
        SubflowClosed closed = await(SubflowClosed.class, each -> each.token().equals(token));
        assertEquals(second, closed.tuple());
        assertEquals(10, closed.localId());
        assertEquals(CloseCause.ORDERLY, closed.cause());
        refused(Errno.ESRCH, NO_SUBFLOW, NOWHERE, "no such subflow", new Command.DestroySubflow(token, second));
        assertEquals(List.of(), addresses(token).orElseThrow());
    }

    @Test
    void shouldTakeAPortAndOpenSeveralFromOneAddress() throws LinuxException {
        accepted(create(token, at("10.0.2.1", 45_000), 10, remote, 0));
        assertEquals(45_000, established(10).localPort());
        accepted(create("10.0.3.1", 11));
        accepted(create("10.0.3.1", 11));
        assertTrue(established(11).localPort() != established(11).localPort());
    }

    @Test
    void shouldTellLaterThatThePeerRefuses() throws LinuxException {
        accepted(create(token, at("10.0.2.1", 0), 10, at(KernelUnderTest.HOST, PORT + 1), 0));
        SubflowClosed refused = await(SubflowClosed.class, each -> each.token().equals(token));
        assertEquals(Errno.ECONNREFUSED.number(), refused.cause().errno());
        assertEquals(1, addresses(token).orElseThrow().size(), "its address keeps its id");
    }

    @Test
    void shouldRefuseToOpen() throws LinuxException {
        refused(Errno.EINVAL, "invalid token", 56, "is gone", create(UNKNOWN, at("10.0.2.1", 0), 10, remote, 0));
        refused(Errno.EADDRNOTAVAIL, "connect error: -99", NOWHERE, "ip address", create("192.0.2.99", 30));
        TransportAddress taken = at("10.0.1.1", PORT);
        refused(
                Errno.EADDRINUSE,
                "connect error: -98",
                NOWHERE,
                "leave the local port open",
                create(token, taken, 31, remote, 0));
        refused(
                Errno.ENODEV,
                "connect error: -19",
                NOWHERE,
                "ip link",
                create(token, at("10.0.3.1", 0), 32, remote, 9999));
        TransportAddress nowhere = at("198.51.100.1", 80);
        refused(
                Errno.ENETUNREACH,
                "connect error: -101",
                NOWHERE,
                "ip route get",
                create(token, at("10.0.3.1", 0), 33, nowhere, 0));
        refused(Errno.EINVAL, "families mismatch", NOWHERE, "family", create("dead:beef::1", 34));
        accepted(create("10.0.2.1", 10));
        refused(Errno.EINVAL, MISMATCH, 20, "another id", create("10.0.2.1", 35));
        refused(Errno.EINVAL, MISMATCH, 20, "another id", create("10.0.3.1", 10));
        assertEquals(1, addresses(token).orElseThrow().size(), "what failed leaves nothing behind");
    }

    @Test
    void shouldRefuseToOpenBeforeTheFirstData() throws Exception {
        Token silent = connect(PORT + 2, false);
        refused(
                Errno.ENOTCONN,
                "connect error: -107",
                NOWHERE,
                "first data",
                create(silent, at("10.0.3.1", 0), 1, at(KernelUnderTest.HOST, PORT + 2), 0));
    }

    @Test
    void shouldRefuseToClose() {
        FourTuple wrong = new FourTuple(tuple.localAddress(), 4, tuple.remoteAddress(), PORT);
        FourTuple mixed = new FourTuple(IpAddress.parse("::1"), 4, tuple.remoteAddress(), PORT);
        FourTuple noLocalPort = new FourTuple(tuple.localAddress(), 0, tuple.remoteAddress(), PORT);
        FourTuple noRemotePort = new FourTuple(tuple.localAddress(), 4, tuple.remoteAddress(), 0);
        refused(Errno.ESRCH, NO_SUBFLOW, NOWHERE, "no such subflow", new Command.DestroySubflow(token, wrong));
        refused(Errno.EINVAL, "invalid token", 48, "is gone", new Command.DestroySubflow(UNKNOWN, tuple));
        refused(
                Errno.EINVAL,
                "address families do not match",
                NOWHERE,
                "family",
                new Command.DestroySubflow(token, mixed));
        refused(Errno.EINVAL, "missing local port", 20, "both ports", new Command.DestroySubflow(token, noLocalPort));
        refused(Errno.EINVAL, "missing remote port", 56, "both ports", new Command.DestroySubflow(token, noRemotePort));
    }

    @Test
    void shouldRefuseToSetThePriority() {
        FourTuple wrong = new FourTuple(tuple.localAddress(), 4, tuple.remoteAddress(), PORT);
        refused(Errno.EINVAL, NO_SUBFLOW, NOWHERE, "no such subflow", new Command.SetBackup(token, wrong, true));
        refused(Errno.EINVAL, "invalid token", 56, "is gone", new Command.SetBackup(UNKNOWN, tuple, true));
    }
}
