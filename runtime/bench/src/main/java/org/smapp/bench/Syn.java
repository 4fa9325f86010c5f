package org.smapp.bench;

import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * A TCP segment with SYN and an MPTCP option, as one of the four kinds that open connections and subflows (RFC 8684, 3.1 and 3.2).
 * Immutable.
 *
 * @param nanos when it passed, in ns since the epoch
 * @param sequence the initial sequence number, which tells a retransmission from a new use of the same ports
 */
record Syn(Kind kind, long nanos, Flow flow, int sequence, int token, long key) {

    enum Kind {
        /** The first packet of a connection. */
        CAPABLE,
        /** Its answer; carries the {@link Syn#key} that the connection's token is made from. */
        CAPABLE_ANSWER,
        /** The first packet of a further subflow; carries the {@link Syn#token} of the connection. */
        JOIN,
        /** Its answer. */
        JOIN_ANSWER
    }

    /** Addresses and ports in the direction of the packet. */
    record Flow(int source, int sourcePort, int destination, int destinationPort) {
        Flow reversed() {
            return new Flow(destination, destinationPort, source, sourcePort);
        }
    }

    private static final int PROTOCOL_TCP = 6;
    private static final int FLAG_SYN = 2;
    private static final int FLAG_ACK = 16;
    private static final int OPTION_END = 0;
    private static final int OPTION_PADDING = 1;
    private static final int OPTION_MPTCP = 30;
    private static final int SUBTYPE_CAPABLE = 0;
    private static final int SUBTYPE_JOIN = 1;

    /**
     * Reads an IPv4 packet; bytes cut off by the capture's snap length may only be data.
     *
     * @param packet in network byte order
     * @return empty for everything that is not a SYN with MP_CAPABLE or MP_JOIN
     */
    static Optional<Syn> parse(long nanos, ByteBuffer packet) {
        int ip = 0;
        if (packet.remaining() < 40 || packet.get(ip) >>> 4 != 4 || packet.get(ip + 9) != PROTOCOL_TCP) {
            return Optional.empty();
        }
        int tcp = ip + (packet.get(ip) & 0xf) * 4;
        int flags = packet.get(tcp + 13);
        int options = mptcpOption(packet, tcp + 20, tcp + (packet.get(tcp + 12) >> 4 & 0xf) * 4);
        if ((flags & FLAG_SYN) == 0 || options < 0) {
            return Optional.empty();
        }
        Flow flow = new Flow(
                packet.getInt(ip + 12), packet.getShort(tcp) & 0xffff,
                packet.getInt(ip + 16), packet.getShort(tcp + 2) & 0xffff);
        boolean answer = (flags & FLAG_ACK) != 0;
        int sequence = packet.getInt(tcp + 4);
        return switch (packet.get(options + 2) >> 4 & 0xf) {
            case SUBTYPE_CAPABLE ->
                Optional.of(
                        answer
                                ? new Syn(Kind.CAPABLE_ANSWER, nanos, flow, sequence, 0, packet.getLong(options + 4))
                                : new Syn(Kind.CAPABLE, nanos, flow, sequence, 0, 0));
            case SUBTYPE_JOIN ->
                Optional.of(
                        answer
                                ? new Syn(Kind.JOIN_ANSWER, nanos, flow, sequence, 0, 0)
                                : new Syn(Kind.JOIN, nanos, flow, sequence, packet.getInt(options + 4), 0));
            default -> Optional.empty();
        };
    }

    /** Returns where the option of kind 30 begins, or -1. */
    private static int mptcpOption(ByteBuffer packet, int from, int end) {
        int at = from;
        while (at + 1 < Math.min(end, packet.limit()) && packet.get(at) != OPTION_END) {
            if (packet.get(at) == OPTION_PADDING) {
                at++;
                continue;
            }
            int length = packet.get(at + 1) & 0xff;
            if (length < 2 || at + length > packet.limit()) {
                return -1;
            }
            if (packet.get(at) == OPTION_MPTCP) {
                return at;
            }
            at += length;
        }
        return -1;
    }
}
