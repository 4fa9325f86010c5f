package org.smapp.netlink.route;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.smapp.netlink.AttributeReader;
import org.smapp.netlink.MessageReader;

/** Decodes messages about routes (linux/rtnetlink.h), of which only default routes say anything. Stateless. */
final class DefaultRouteDecoder {

    /** struct rtmsg: u8 family, destination length, source length, tos, table, protocol, scope, type; u32 flags. */
    static final int HEADER_BYTES = 12;

    private static final int DESTINATION_LENGTH_AT = 1;
    private static final int SOURCE_LENGTH_AT = 2;
    private static final int TABLE_AT = 4;
    private static final int TYPE_AT = 7;
    private static final int FLAGS_AT = 8;
    private static final int CLONED = 0x200;

    static final int DESTINATION = 1;
    static final int SOURCE = 2;
    private static final int OUTPUT_INTERFACE = 4;
    private static final int METRIC = 6;
    private static final int MULTIPATH = 9;
    private static final int TABLE = 15;

    /** struct rtnexthop: u16 length with what follows, u8 flags, u8 weight, s32 interface. */
    private static final int NEXT_HOP_BYTES = 8;

    private static final int NEXT_HOP_INTERFACE_AT = 4;

    /** The metric of what IPv6 falls back to where there is no route: not a route that somebody made. */
    private static final int NULL_ENTRY_METRIC = -1;

    private DefaultRouteDecoder() {}

    static Optional<RouteChange> decode(MessageReader message, boolean removed) {
        AttributeReader attributes = message.attributes(HEADER_BYTES);
        if (attributes.malformed()) {
            return Optional.empty();
        }
        ByteBuffer buffer = message.buffer();
        int start = message.payloadStart();
        int family = buffer.get(start) & 0xff;
        boolean cloned = (buffer.getInt(start + FLAGS_AT) & CLONED) != 0;
        if (!RouteDecoder.isIp(family) || buffer.get(start + DESTINATION_LENGTH_AT) != 0 || cloned) {
            return Optional.empty();
        }
        Fields fields = new Fields(buffer, start, family == RouteDecoder.AF_INET6);
        while (attributes.next()) {
            fields.take(attributes);
        }
        return attributes.malformed() || fields.metric == NULL_ENTRY_METRIC
                ? Optional.empty()
                : Optional.of(fields.route(removed));
    }

    /** Returns the number of the interface that any route leads out of, or 0 for a dead end. */
    static int outputInterface(MessageReader message) {
        AttributeReader attributes = message.attributes(HEADER_BYTES);
        int found = 0;
        while (!attributes.malformed() && attributes.next()) {
            found = attributes.type() == OUTPUT_INTERFACE ? attributes.u32() : found;
        }
        return found;
    }

    /** What header and attributes tell, collected. */
    private static final class Fields {
        private final boolean v6;
        private final int type;
        private final int sourceLength;
        private final List<Integer> interfaces = new ArrayList<>(1);
        private AddressPrefix source;
        private int table;
        private int metric;

        Fields(ByteBuffer buffer, int start, boolean v6) {
            this.v6 = v6;
            type = buffer.get(start + TYPE_AT) & 0xff;
            sourceLength = buffer.get(start + SOURCE_LENGTH_AT) & 0xff;
            source = AddressPrefix.any(v6);
            table = buffer.get(start + TABLE_AT) & 0xff;
        }

        void take(AttributeReader attribute) {
            switch (attribute.type()) {
                case TABLE -> table = attribute.u32();
                case METRIC -> metric = attribute.u32();
                case SOURCE -> source = new AddressPrefix(v6, attribute.be64(0), attribute.be64(8), sourceLength);
                case OUTPUT_INTERFACE -> interfaces.add(attribute.u32());
                case MULTIPATH -> nextHops(attribute, interfaces);
                default -> {}
            }
        }

        DefaultRoute route(boolean removed) {
            boolean leadsOut = type == DefaultRoute.UNICAST;
            return new DefaultRoute(removed, v6, table, type, source, leadsOut ? interfaces : List.of(), metric);
        }
    }

    private static void nextHops(AttributeReader attribute, List<Integer> interfaces) {
        ByteBuffer buffer = attribute.buffer();
        int at = attribute.offset();
        int end = at + attribute.length();
        while (end - at >= NEXT_HOP_BYTES) {
            interfaces.add(buffer.getInt(at + NEXT_HOP_INTERFACE_AT));
            int length = buffer.getShort(at) & 0xffff;
            at += Math.max(NEXT_HOP_BYTES, length + 3 & ~3);
        }
    }
}
