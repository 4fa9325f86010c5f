package org.smapp.linux.jnr;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.smapp.linux.NetlinkSocket;

/** Only the kernel is believed. On NETLINK_USERSOCK every process may send to others and to groups, so that no rights are needed. */
class ForeignSenderTest {

    private static final int AF_NETLINK = 16;
    private static final int SOCK_RAW = 3;
    private static final int USERSOCK = 2;
    private static final int GROUP = 7;
    private static final int ECONNREFUSED = 111;
    private static final int ADDRESS_BYTES = 12;
    private static final int LONGER_THAN_THE_BUFFER = 70_000;

    private final ByteBuffer buffer = ByteBuffer.allocateDirect(1 << 16).order(ByteOrder.nativeOrder());
    private final int sender = Native.LIBC.socket(AF_NETLINK, SOCK_RAW, USERSOCK);

    @AfterEach
    void close() {
        Native.LIBC.close(sender);
    }

    @Test
    void shouldHaveTheKernelRefuseWhatIsSentToItsPort() throws Exception {
        try (NetlinkSocket socket = JnrNetlinkSocket.open(USERSOCK)) {
            address(socket.portId(), 0);

            assertEquals(-1, send(16));
            assertEquals(ECONNREFUSED, Native.errno());
            assertEquals(NetlinkSocket.NOTHING, socket.receive(buffer));
        }
    }

    @Test
    void shouldThrowAwayWhatIsSentToItsGroup() throws Exception {
        try (NetlinkSocket socket = JnrNetlinkSocket.open(USERSOCK)) {
            socket.join(GROUP);
            address(0, 1 << GROUP - 1);

            send(16); // fails in the end: the kernel itself, to which it goes after the group, does not listen
            send(LONGER_THAN_THE_BUFFER);

            assertEquals(NetlinkSocket.FOREIGN, socket.receive(buffer));
            assertEquals(0, buffer.remaining());
            assertEquals(NetlinkSocket.FOREIGN, socket.receive(buffer));
            assertEquals(NetlinkSocket.NOTHING, socket.receive(buffer));
        }
    }

    private void address(int port, int groups) {
        ByteBuffer address = Native.memory(ADDRESS_BYTES).putShort(0, (short) AF_NETLINK);
        address.putInt(4, port).putInt(8, groups);
        assertEquals(0, Native.LIBC.connect(sender, address, ADDRESS_BYTES), () -> "errno " + Native.errno());
    }

    private long send(int bytes) {
        ByteBuffer datagram = Native.memory(bytes);
        return Native.LIBC.send(sender, Native.addressOf(datagram), bytes, 0);
    }
}
