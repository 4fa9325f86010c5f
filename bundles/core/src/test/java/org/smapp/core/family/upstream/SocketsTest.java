package org.smapp.core.family.upstream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.smapp.api.Command;
import org.smapp.api.Errno;
import org.smapp.api.event.SubflowClosed;
import org.smapp.api.event.SubflowEstablished;
import org.smapp.linux.LinuxException;
import org.smapp.linux.NetlinkSocket;
import org.smapp.netlink.NetlinkRequester;
import org.smapp.netlink.diag.MptcpSocket;
import org.smapp.netlink.diag.SocketStates;
import org.smapp.netlink.diag.SocketTable;
import org.smapp.netlink.diag.SubflowSocket;

/** What sock_diag tells of connections that the path manager's events are about. */
final class SocketsTest extends KernelContract {

    private NetlinkRequester requester;
    private SocketTable sockets;

    @BeforeEach
    void openDiag() throws LinuxException {
        requester = NetlinkRequester.open(kernel.linux(), kernel.namespace(), NetlinkSocket.SOCK_DIAG);
        sockets = new SocketTable(requester);
    }

    @AfterEach
    void closeDiag() {
        if (requester != null) {
            requester.close();
        }
    }

    private List<SubflowSocket> subflows() throws LinuxException {
        return sockets.subflows().stream()
                .filter(each -> each.token() == token.value() && each.state() == SocketStates.ESTABLISHED)
                .toList();
    }

    @Test
    void shouldShowTheConnection() throws LinuxException {
        MptcpSocket found = sockets.connections().stream()
                .filter(each -> each.token() == token.value())
                .findFirst()
                .orElseThrow();
        assertEquals(tuple.localPort(), found.id().localPort());
        assertEquals(tuple.remoteAddress().low(), found.id().remoteLow());
        assertFalse(found.fallback());
        assertEquals(
                token.value(), sockets.connection(token.value()).orElseThrow().token());
        assertEquals(Optional.empty(), sockets.connection(UNKNOWN.value()));

        SubflowSocket initial = subflows().get(0);
        assertTrue(initial.isInitial() && initial.isOpenedHere() && initial.isFullyEstablished());
        assertEquals(tuple.localPort(), initial.id().localPort());
    }

    @Test
    void shouldShowAndResetASubflow() throws LinuxException {
        accepted(new Command.CreateSubflow(token, at("10.0.2.1", 0), 10, at(KernelUnderTest.HOST, PORT), true, 0));
        await(SubflowEstablished.class, each -> each.token().equals(token));
        SubflowSocket joined = subflows().stream()
                .filter(each -> each.localId() == 10)
                .findFirst()
                .orElseThrow();
        assertFalse(joined.isInitial());
        assertTrue(joined.isOpenedHere() && joined.isBackupHere());
        assertEquals(token.value(), sockets.subflow(joined.id()).orElseThrow().token());

        assertEquals(0, sockets.destroy(joined.id()));
        SubflowClosed closed = await(SubflowClosed.class, each -> each.token().equals(token));
        assertEquals(Errno.ECONNABORTED.number(), closed.cause().errno());
        assertEquals(1, subflows().size());
        assertEquals(Errno.ENOENT.number(), sockets.destroy(joined.id()));
    }
}
