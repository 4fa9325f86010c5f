package org.smapp.linux;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.junit.jupiter.api.Test;

/** Netlink sockets on the real kernel; needs no privilege except where it says so. */
class NetlinkSocketTest {

    private static final short NLMSG_NOOP = 1;
    private static final short NLMSG_ERROR = 2;
    private static final short REQUEST_AND_ACK = 5;
    private static final int RTNLGRP_LINK = 1;

    private final Linux linux = NativeLinux.load();
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(1 << 16).order(ByteOrder.nativeOrder());

    @Test
    void requestIsAcknowledgedInsideSend() throws Exception {
        try (NetlinkSocket socket = linux.openNetlink(NetworkNamespace.current(), NetlinkSocket.GENERIC)) {
            socket.send(acknowledgedNoop(7));

            assertEquals(36, socket.receive(buffer));
            assertEquals(0, buffer.position());
            assertEquals(36, buffer.limit());
            assertEquals(NLMSG_ERROR, buffer.getShort(4));
            assertEquals(7, buffer.getInt(8), "sequence");
            assertEquals(socket.portId(), buffer.getInt(12), "port");
            assertEquals(0, buffer.getInt(16), "errno");
            assertEquals(NetlinkSocket.NOTHING, socket.receive(buffer));
        }
    }

    @Test
    void requestAndReplyAllocateNothing() throws Exception {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long thread = Thread.currentThread().getId();
        try (NetlinkSocket socket = linux.openNetlink(NetworkNamespace.current(), NetlinkSocket.GENERIC)) {
            ByteBuffer request = acknowledgedNoop(1);
            exchange(socket, request, 20_000);
            long before = threads.getThreadAllocatedBytes(thread);
            exchange(socket, request, 1_000);
            long allocated = threads.getThreadAllocatedBytes(thread) - before;

            assertTrue(allocated < 1_000, () -> allocated + " bytes allocated by 1000 exchanges");
        }
    }

    private void exchange(NetlinkSocket socket, ByteBuffer request, int times) throws LinuxException {
        for (int i = 0; i < times; i++) {
            socket.send(request);
            socket.receive(buffer);
            socket.receive(buffer); // the EAGAIN path
        }
    }

    @Test
    void sendsFromThePosition() throws Exception {
        try (NetlinkSocket socket = linux.openNetlink(NetworkNamespace.current(), NetlinkSocket.GENERIC)) {
            ByteBuffer shifted = ByteBuffer.allocateDirect(64).order(ByteOrder.nativeOrder());
            shifted.position(24).put(acknowledgedNoop(9)).flip().position(24);

            socket.send(shifted);

            assertEquals(24, shifted.position());
            socket.receive(buffer);
            assertEquals(9, buffer.getInt(8), "sequence");
        }
    }

    @Test
    void closedSocketIsClosedForGood() throws Exception {
        NetlinkSocket socket = linux.openNetlink(NetworkNamespace.current(), NetlinkSocket.GENERIC);
        socket.close();
        // As a rule this one gets the number that has become free.
        try (NetlinkSocket next = linux.openNetlink(NetworkNamespace.current(), NetlinkSocket.GENERIC)) {
            assertDoesNotThrow(socket::close);
            assertEquals(-1, socket.descriptor());
            LinuxException failure = assertThrows(LinuxException.class, () -> socket.receive(buffer));
            assertEquals(Errno.EBADF, failure.errno());
            assertEquals(NetlinkSocket.NOTHING, next.receive(buffer), "the other socket is still open");
        }
    }

    @Test
    void unknownProtocolIsNamed() {
        LinuxException failure =
                assertThrows(LinuxException.class, () -> linux.openNetlink(NetworkNamespace.current(), 30));

        assertEquals(Errno.EPROTONOSUPPORT, failure.errno());
        assertEquals(
                "open netlink socket of protocol 30: Protocol not supported (EPROTONOSUPPORT, errno 93)",
                failure.getMessage());
    }

    @Test
    void datagramThatIsCutCountsAsLost() throws Exception {
        try (NetlinkSocket socket = linux.openNetlink(NetworkNamespace.current(), NetlinkSocket.GENERIC)) {
            socket.send(acknowledgedNoop(1));
            ByteBuffer small = ByteBuffer.allocateDirect(20);

            assertEquals(NetlinkSocket.OVERRUN, socket.receive(small));
            assertEquals(NetlinkSocket.NOTHING, socket.receive(small));
        }
    }

    @Test
    void receiveBufferTellsTheSizeInForce() throws Exception {
        try (NetlinkSocket socket = linux.openNetlink(NetworkNamespace.current(), NetlinkSocket.GENERIC)) {
            assertEquals(2 * 65536, socket.receiveBuffer(65536));
        }
    }

    @Test
    void joinedGroupDeliversAndOverrunIsReportedOnce() throws Exception {
        try (TestNamespace namespace = new TestNamespace();
                NetlinkSocket socket = linux.openNetlink(namespace.file(), NetlinkSocket.ROUTE)) {
            socket.receiveBuffer(8192);
            socket.join(RTNLGRP_LINK);
            for (int i = 0; i < 10; i++) {
                namespace.ip("link", "set", "lo", i % 2 == 0 ? "up" : "down");
            }

            assertEquals(NetlinkSocket.OVERRUN, socket.receive(buffer));
            assertTrue(socket.receive(buffer) > 0, "what was queued before the overrun is still there");
            int last;
            do {
                last = socket.receive(buffer);
            } while (last > 0);
            assertEquals(NetlinkSocket.NOTHING, last);
            assertNotEquals(NetworkNamespace.current(), namespace.file());
        }
    }

    /** A message that every netlink protocol takes and acknowledges. */
    private static ByteBuffer acknowledgedNoop(int sequence) {
        ByteBuffer message = ByteBuffer.allocateDirect(16).order(ByteOrder.nativeOrder());
        message.putInt(16).putShort(NLMSG_NOOP).putShort(REQUEST_AND_ACK).putInt(sequence);
        return message.putInt(0).flip();
    }
}
