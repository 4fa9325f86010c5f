package org.smapp.netlink.diag;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.smapp.linux.Errno;
import org.smapp.linux.Linux;
import org.smapp.linux.NativeLinux;
import org.smapp.linux.NetlinkSocket;
import org.smapp.linux.TestNamespace;
import org.smapp.netlink.NetlinkRequester;

/** On the real kernel: a connection over loopback, to which the in-kernel path manager adds a subflow. */
class SocketTableTest {

    private static final int PORT = 5001;
    private static final int LOOPBACK = 0x7f000001;
    private static final int SECOND = 0x7f000002;
    private static final int DATA_BYTES = 1000;

    private final Linux linux = NativeLinux.load();

    @Test
    void connectionsAndSubflowsAreFound() throws Exception {
        try (TestNamespace namespace = new TestNamespace();
                NetlinkRequester requester = NetlinkRequester.open(linux, namespace.file(), NetlinkSocket.SOCK_DIAG)) {
            SocketTable table = new SocketTable(requester);
            namespace.ip("link", "set", "lo", "up");
            namespace.ip("mptcp", "limits", "set", "subflows", "2", "add_addr_accepted", "2");
            namespace.ip("mptcp", "endpoint", "add", "127.0.0.2", "dev", "lo", "id", "7", "subflow", "backup");
            assertEquals(List.of(), table.connections());
            try (MptcpPair pair = linux.inside(namespace.file(), () -> new MptcpPair(PORT))) {
                pair.answer(DATA_BYTES);
                List<SubflowSocket> subflows = waitForSubflows(table, 4);
                check(table, subflows);
            }
        }
    }

    private void check(SocketTable table, List<SubflowSocket> subflows) throws Exception {
        SubflowSocket initial = only(subflows, s -> s.isInitial() && s.id().remotePort() == PORT);
        SubflowSocket joined = only(subflows, s -> !s.isInitial() && s.id().remotePort() == PORT);
        SubflowSocket accepted = only(subflows, s -> !s.isInitial() && s.id().localPort() == PORT);

        assertTrue(initial.isOpenedHere() && joined.isOpenedHere());
        assertFalse(accepted.isOpenedHere());
        assertEquals(initial.token(), joined.token());
        assertEquals(accepted.token(), joined.remoteToken());
        assertEquals(0, initial.localId());
        assertEquals(7, joined.localId());
        assertEquals(7, accepted.remoteId());
        assertEquals(SECOND, joined.id().localLow());
        assertEquals(LOOPBACK, joined.id().remoteLow());
        assertTrue(joined.isBackupHere() && accepted.isBackupByPeer());
        assertFalse(initial.isBackupHere() || initial.isBackupByPeer());
        assertTrue(initial.tcp().rttUs() > 0 && initial.tcp().congestionWindow() > 0);
        assertEquals(DATA_BYTES, initial.tcp().bytesReceived() + joined.tcp().bytesReceived());

        List<MptcpSocket> connections = table.connections();
        assertEquals(2, connections.size(), "the listener does not count");
        MptcpSocket client = table.connection(initial.token()).orElseThrow();
        assertEquals(initial.inode(), client.inode());
        assertEquals(initial.id().localPort(), client.id().localPort());
        assertEquals(1, client.subflows());
        assertEquals(SocketStates.ESTABLISHED, client.state());
        assertFalse(client.fallback());
        assertEquals(DATA_BYTES, client.bytesReceived());
        assertEquals(0, client.backlogBytes());
        assertEquals(Optional.empty(), table.connection(client.token() ^ 1));
        checkOne(table, joined);
    }

    private void checkOne(SocketTable table, SubflowSocket joined) throws Exception {
        assertEquals(joined.id(), table.subflow(joined.id()).orElseThrow().id());
        assertEquals(0, table.destroy(joined.id()));
        assertEquals(2, waitForSubflows(table, 2).size());
        assertEquals(Errno.ENOENT, table.destroy(joined.id()));
        assertEquals(Optional.empty(), table.subflow(joined.id()));
    }

    private static SubflowSocket only(List<SubflowSocket> all, Predicate<SubflowSocket> wanted) {
        List<SubflowSocket> found = all.stream().filter(wanted).toList();
        assertEquals(1, found.size(), () -> all.toString());
        return found.get(0);
    }

    private static List<SubflowSocket> waitForSubflows(SocketTable table, int count) {
        return await().pollInSameThread()
                .pollDelay(Duration.ZERO)
                .until(
                        table::subflows,
                        now -> now.size() == count
                                && now.stream().allMatch(each -> each.state() == SocketStates.ESTABLISHED));
    }
}
