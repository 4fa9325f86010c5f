package org.smapp.netlink.diag;

import org.smapp.netlink.MessageWriter;

/** Writes requests of sock_diag (linux/inet_diag.h). Stateless. */
final class DiagEncoder {

    static final int AF_INET = 2;
    static final int AF_INET6 = 10;
    static final int IPPROTO_TCP = 6;

    /** How the kernel is asked for protocols above 255: as RAW, and the true number in an attribute. */
    static final int IPPROTO_RAW = 255;

    static final int IPPROTO_MPTCP = 262;

    private static final int SOCK_DIAG_BY_FAMILY = 20;
    private static final int SOCK_DESTROY = 21;
    private static final int INET_DIAG_REQ_PROTOCOL = 3;

    /** A bit for each extension, 1 &lt;&lt; (number - 1): INET_DIAG_INFO, which brings the subflow's part (ULP_INFO) too. */
    private static final int WITH_INFO = 1 << 1;

    /** INET_DIAG_CONG. */
    private static final int WITH_CONGESTION_CONTROL = 1 << 3;

    /** struct inet_diag_sockid: be16 port, be16 remote port, 2 x 16 bytes of address, u32 interface, 2 x u32 cookie. */
    private static final int ID_BYTES = 48;

    private static final int ID_BYTES_BEFORE_COOKIE = 40;

    private DiagEncoder() {}

    /** Asks for all Multipath TCP connections of a family. */
    static MessageWriter connections(MessageWriter writer, int family) {
        header(writer, SOCK_DIAG_BY_FAMILY, family, IPPROTO_RAW, SocketStates.CONNECTED);
        return writer.rawZeros(ID_BYTES).u32(INET_DIAG_REQ_PROTOCOL, IPPROTO_MPTCP);
    }

    /** Asks for one connection: the token stands in the cookie's place. */
    static MessageWriter connection(MessageWriter writer, int token) {
        header(writer, SOCK_DIAG_BY_FAMILY, AF_INET, IPPROTO_RAW, SocketStates.ALL);
        writer.rawZeros(ID_BYTES_BEFORE_COOKIE).rawU32(token).rawU32(0);
        return writer.u32(INET_DIAG_REQ_PROTOCOL, IPPROTO_MPTCP);
    }

    /** Asks for all TCP sockets of a family that are in one of {@code states}. */
    static MessageWriter subflows(MessageWriter writer, int family, int states) {
        header(writer, SOCK_DIAG_BY_FAMILY, family, IPPROTO_TCP, states);
        return writer.rawZeros(ID_BYTES);
    }

    /** Asks for one TCP socket. */
    static MessageWriter subflow(MessageWriter writer, SocketId id) {
        header(writer, SOCK_DIAG_BY_FAMILY, familyOf(id), IPPROTO_TCP, SocketStates.ALL);
        return id(writer, id);
    }

    /** Has one TCP socket reset. */
    static MessageWriter destroy(MessageWriter writer, SocketId id) {
        header(writer, SOCK_DESTROY, familyOf(id), IPPROTO_TCP, SocketStates.ALL);
        return id(writer, id);
    }

    private static int familyOf(SocketId id) {
        return id.v6() ? AF_INET6 : AF_INET;
    }

    /** struct inet_diag_req_v2: u8 family, u8 protocol, u8 extensions, u8 pad, u32 set of states; then the id. */
    private static void header(MessageWriter writer, int type, int family, int protocol, int states) {
        writer.begin(type, 0, 0).rawU8(family).rawU8(protocol);
        writer.rawU8(protocol == IPPROTO_TCP ? WITH_INFO | WITH_CONGESTION_CONTROL : WITH_INFO)
                .rawU8(0);
        writer.rawU32(states);
    }

    private static MessageWriter id(MessageWriter writer, SocketId id) {
        writer.rawBe16(id.localPort()).rawBe16(id.remotePort());
        address(writer, id.v6(), id.localHigh(), id.localLow());
        address(writer, id.v6(), id.remoteHigh(), id.remoteLow());
        return writer.rawU32(id.interfaceIndex()).rawU32((int) id.cookie()).rawU32((int)
                (id.cookie() >>> Integer.SIZE));
    }

    private static void address(MessageWriter writer, boolean v6, long high, long low) {
        if (v6) {
            writer.rawBe64(high).rawBe64(low);
        } else {
            writer.rawBe32((int) low).rawZeros(12);
        }
    }
}
