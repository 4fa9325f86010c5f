package org.smapp.netlink.diag;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.smapp.netlink.MessageFlags;
import org.smapp.netlink.MessageReader;
import org.smapp.netlink.MessageWriter;
import org.smapp.netlink.vectors.Vectors;

class DiagCodecTest {

    private static final int STATES_AT = 20;
    private static final int LOOPBACK = 0x7f000001;

    private final MessageReader message = new MessageReader();

    private MessageReader read(String name) {
        message.wrap(Vectors.message(name)).next();
        return message;
    }

    @Test
    void writesTheRequestForConnections() {
        ByteBuffer written = DiagEncoder.connections(new MessageWriter(), DiagEncoder.AF_INET)
                .finish();
        // The captured one asks for all states.
        written.putInt(STATES_AT, SocketStates.ALL);
        written.putShort(6, (short) (MessageFlags.REQUEST | MessageFlags.DUMP)).putInt(8, 1);

        assertEquals(Vectors.message("900_diag_mptcp_dump_req"), written);
    }

    @Test
    void writesAddressesOfBothFamilies() {
        SocketId v4 = new SocketId(false, 0, 0x0a000102, 40000, 0, 0x0a000101, 5001, 3, 0x1_0000_0002L);
        ByteBuffer request = DiagEncoder.subflow(new MessageWriter(), v4).finish();
        request.order(ByteOrder.BIG_ENDIAN);

        assertEquals(72, request.remaining());
        assertEquals(DiagEncoder.AF_INET, request.get(16));
        assertEquals(40000 << 16 | 5001, request.getInt(24));
        assertEquals(0x0a000102, request.getInt(28));
        assertEquals(0x0a000101, request.getInt(44));
        request.order(ByteOrder.nativeOrder());
        assertEquals(3, request.getInt(60));
        assertEquals(2, request.getInt(64));
        assertEquals(1, request.getInt(68));

        SocketId v6 = new SocketId(true, 1, 2, 1, 3, 4, 2, 0, SocketId.ANY_COOKIE);
        request = DiagEncoder.destroy(new MessageWriter(), v6).finish();
        assertEquals(21, request.getShort(4));
        assertEquals(-1L, request.getLong(64), "no cookie");
        request.order(ByteOrder.BIG_ENDIAN);
        assertEquals(DiagEncoder.AF_INET6, request.get(16));
        assertEquals(2, request.getLong(36));
        assertEquals(3, request.getLong(44));
    }

    @Test
    void connection() {
        MptcpSocket socket =
                DiagDecoder.connection(read("901_diag_mptcp_dump_entry")).orElseThrow();

        assertEquals(new SocketId(false, 0, 0x0a000102, 40984, 0, 0x0a000101, 5001, 0, 33825), socket.id());
        assertEquals(SocketStates.ESTABLISHED, socket.state());
        assertEquals(0, socket.uid());
        assertEquals(583854, socket.inode());
        assertEquals((int) 4076963608L, socket.token());
        assertEquals(0, socket.subflows());
        assertFalse(socket.fallback());
        assertEquals(0, socket.backlogBytes());
        assertEquals(1, socket.bytesSent());
        assertEquals(1, socket.bytesReceived());
        assertEquals(0, socket.bytesRetransmitted());
        assertEquals(1, socket.bytesAcknowledged());
    }

    @Test
    void subflowThatJoined() {
        SubflowSocket subflow =
                DiagDecoder.subflow(read("902_diag_subflow_joined_client")).orElseThrow();

        assertEquals(new SocketId(false, 0, LOOPBACK + 1, 34857, 0, LOOPBACK, 5001, 1, 4100), subflow.id());
        assertEquals(-1579253055, subflow.token());
        assertEquals(-988432173, subflow.remoteToken());
        assertEquals(7, subflow.localId());
        assertEquals(0, subflow.remoteId());
        assertFalse(subflow.isInitial());
        assertTrue(subflow.isOpenedHere() && subflow.isBackupHere() && subflow.isFullyEstablished());
        assertFalse(subflow.isBackupByPeer());
        assertEquals(204_000, subflow.tcp().rtoUs());
        assertEquals(10, subflow.tcp().congestionWindow());
    }

    @Test
    void subflowThatTheConnectionBeganWith() {
        SubflowSocket subflow =
                DiagDecoder.subflow(read("903_diag_subflow_initial_server")).orElseThrow();

        assertTrue(subflow.isInitial());
        assertFalse(subflow.isOpenedHere(), "the server's end");
        assertEquals(0, subflow.remoteToken());
        assertEquals(1000, subflow.tcp().bytesSent());
        assertEquals(1000, subflow.tcp().bytesAcknowledged());
        assertEquals(936_228_571, subflow.tcp().deliveryRate());
        assertEquals(344, subflow.tcp().lastDataSentMs());
    }

    @Test
    void readsWhatAnOlderKernelsStructuresHave() {
        // struct mptcp_info of Linux 5.19 ends after rcv_nxt, struct tcp_info of 4.19 before the time-outs are counted.
        MessageWriter writer = new MessageWriter().begin(20, 0, 0).rawZeros(DiagDecoder.HEADER_BYTES);
        ByteBuffer info = ByteBuffer.allocate(40).order(ByteOrder.nativeOrder());
        info.putInt(12, 7).putLong(16, 100).putLong(24, 90);
        message.wrap(writer.bytes(2, info.array()).finish()).next();
        MptcpSocket socket = DiagDecoder.connection(message).orElseThrow();
        assertEquals(7, socket.token());
        assertEquals(10, socket.backlogBytes());
        assertEquals(0, socket.bytesAcknowledged() + socket.subflowsTotal() + socket.lastDataSentMs());

        TcpInfo tcp = subflowWith(232);
        assertEquals(5, tcp.rtoUs());
        assertFalse(tcp.tellsTimeouts());
        assertEquals(0, tcp.totalTimeouts());
        tcp = subflowWith(248);
        assertTrue(tcp.tellsTimeouts());
        assertEquals(3, tcp.totalTimeouts());
    }

    private TcpInfo subflowWith(int bytesOfTcpInfo) {
        ByteBuffer info = ByteBuffer.allocate(248).order(ByteOrder.nativeOrder());
        info.putInt(8, 5).putShort(240, (short) 3);
        MessageWriter writer = new MessageWriter().begin(20, 0, 0).rawZeros(DiagDecoder.HEADER_BYTES);
        writer.bytes(2, Arrays.copyOf(info.array(), bytesOfTcpInfo));
        int ulp = writer.nest(19);
        int mptcp = writer.nest(3);
        writer.u32(2, 9).endNest(mptcp).endNest(ulp);
        message.wrap(writer.finish()).next();
        return DiagDecoder.subflow(message).orElseThrow().tcp();
    }

    @Test
    void olderAndOtherAnswers() {
        assertEquals(Optional.empty(), DiagDecoder.subflow(read("901_diag_mptcp_dump_entry")), "no subflow");
        MessageWriter writer = new MessageWriter().begin(20, 0, 0).rawZeros(DiagDecoder.HEADER_BYTES);
        message.wrap(writer.bytes(2, new byte[16]).finish()).next();
        assertEquals(Optional.empty(), DiagDecoder.connection(message), "a listener has no token");
        message.wrap(new MessageWriter().begin(20, 0, 0).rawZeros(71).finish()).next();
        assertEquals(Optional.empty(), DiagDecoder.connection(message));
        assertEquals(Optional.empty(), DiagDecoder.subflow(message));
    }

    @Property(tries = 3000)
    void damagedAnswersAreHarmless(
            @ForAll boolean connection, @ForAll @IntRange(max = 511) int at, @ForAll byte value, @ForAll boolean cut) {
        byte[] bytes = Vectors.bytes(connection ? "901_diag_mptcp_dump_entry" : "902_diag_subflow_joined_client");
        int place = at % bytes.length;
        bytes[place] = value;
        byte[] damaged = cut ? Arrays.copyOf(bytes, place) : bytes;
        message.wrap(ByteBuffer.wrap(damaged).order(ByteOrder.nativeOrder()));
        while (message.next()) {
            DiagDecoder.connection(message);
            DiagDecoder.subflow(message);
        }
    }
}
