package org.smapp.testkit.kernel;

import org.smapp.api.FourTuple;
import org.smapp.api.IpAddress;
import org.smapp.api.Side;
import org.smapp.api.TransportAddress;
import org.smapp.netlink.MessageWriter;

/** Writes the path manager's events with the attributes and in the order of Linux 6.18. Ports are in network byte order. */
final class EventWriter {

    static final int CREATED = 1;
    static final int ESTABLISHED = 2;
    static final int CLOSED = 3;
    static final int ANNOUNCED = 6;
    static final int REMOVED = 7;
    static final int SUB_ESTABLISHED = 10;
    static final int SUB_CLOSED = 11;
    static final int SUB_PRIORITY = 13;
    static final int LISTENER_CREATED = 15;
    static final int LISTENER_CLOSED = 16;

    private static final int TOKEN = 1;
    private static final int FAMILY = 2;
    private static final int LOC_ID = 3;
    private static final int REM_ID = 4;
    private static final int SADDR4 = 5;
    private static final int SADDR6 = 6;
    private static final int DADDR4 = 7;
    private static final int DADDR6 = 8;
    private static final int SPORT = 9;
    private static final int DPORT = 10;
    private static final int BACKUP = 11;
    private static final int ERROR = 12;
    private static final int FLAGS = 13;
    private static final int IF_IDX = 15;
    private static final int SERVER_SIDE = 18;
    private static final int FLAG_SERVER_SIDE = 2;

    private EventWriter() {}

    private static MessageWriter begin(int event) {
        return new MessageWriter().begin(Uapi.FAMILY, 0, 0).genl(event, Uapi.VERSION);
    }

    private static MessageWriter begin(int event, KernelConnection connection) {
        return begin(event).u32(TOKEN, connection.token().value());
    }

    /** CREATED or ESTABLISHED. */
    static MessageWriter connection(int event, KernelConnection connection) {
        MessageWriter writer = begin(event, connection);
        if (connection.side() == Side.SERVER) {
            writer.u8(SERVER_SIDE, 1).u16(FLAGS, FLAG_SERVER_SIDE);
        }
        return tuple(writer, connection.tuple()).u8(LOC_ID, 0).u8(REM_ID, 0);
    }

    static MessageWriter closed(KernelConnection connection) {
        return begin(CLOSED, connection);
    }

    static MessageWriter announced(KernelConnection connection, int id, TransportAddress at) {
        MessageWriter writer = begin(ANNOUNCED, connection).u8(REM_ID, id).be16(DPORT, at.port());
        return address(writer, DADDR4, DADDR6, at.address());
    }

    static MessageWriter removed(KernelConnection connection, int id) {
        return begin(REMOVED, connection).u8(REM_ID, id);
    }

    /** SUB_ESTABLISHED, SUB_CLOSED or SUB_PRIORITY; {@code errno} 0 for an orderly end. */
    static MessageWriter subflow(int event, KernelConnection connection, KernelSubflow subflow, int errno) {
        MessageWriter writer = tuple(begin(event, connection), subflow.tuple());
        writer.u8(LOC_ID, subflow.localId()).u8(REM_ID, subflow.remoteId());
        writer.u8(BACKUP, subflow.backupByPeer() ? 1 : 0);
        if (subflow.device() != 0) {
            writer.s32(IF_IDX, subflow.device());
        }
        return errno == 0 ? writer : writer.u8(ERROR, errno);
    }

    /** LISTENER_CREATED or LISTENER_CLOSED. */
    static MessageWriter listener(int event, TransportAddress at) {
        MessageWriter writer = begin(event).u16(FAMILY, family(at.address())).be16(SPORT, at.port());
        return address(writer, SADDR4, SADDR6, at.address());
    }

    private static MessageWriter tuple(MessageWriter writer, FourTuple tuple) {
        writer.u16(FAMILY, family(tuple.localAddress()));
        address(writer, SADDR4, SADDR6, tuple.localAddress());
        address(writer, DADDR4, DADDR6, tuple.remoteAddress());
        return writer.be16(SPORT, tuple.localPort()).be16(DPORT, tuple.remotePort());
    }

    private static MessageWriter address(MessageWriter writer, int v4, int v6, IpAddress address) {
        return address.v6() ? writer.be128(v6, address.high(), address.low()) : writer.be32(v4, (int) address.low());
    }

    private static int family(IpAddress address) {
        return address.v6() ? Uapi.AF_INET6 : Uapi.AF_INET;
    }
}
