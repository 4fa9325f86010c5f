package org.smapp.netlink.route;

import java.nio.ByteBuffer;
import java.util.Optional;
import org.smapp.netlink.AttributeReader;
import org.smapp.netlink.MessageReader;

/** Decodes messages of rtnetlink (linux/rtnetlink.h). Stateless. */
public final class RouteDecoder {

    static final int NEW_LINK = 16;
    static final int DELETE_LINK = 17;
    static final int NEW_ADDRESS = 20;
    static final int DELETE_ADDRESS = 21;
    static final int NEW_ROUTE = 24;
    static final int DELETE_ROUTE = 25;
    static final int NEW_RULE = 32;
    static final int DELETE_RULE = 33;

    /** struct ifinfomsg: u8 family, u8 pad, u16 device type, s32 index, u32 flags, u32 change mask. */
    static final int LINK_HEADER_BYTES = 16;

    private static final int LINK_NAME = 3;
    private static final int LINK_MASTER = 10;
    private static final int LINK_OPERATIONAL_STATE = 16;
    private static final int LINK_KIND = 18;
    private static final int LINK_CARRIER = 33;

    private static final int INFO_KIND = 1;
    private static final int INFO_DATA = 2;
    private static final int VRF_TABLE = 1;

    /** struct ifaddrmsg: u8 family, u8 prefix length, u8 flags, u8 scope, u32 interface index. */
    static final int ADDRESS_HEADER_BYTES = 8;

    private static final int ADDRESS_ADDRESS = 1;
    private static final int ADDRESS_LOCAL = 2;
    private static final int ADDRESS_FLAGS = 8;

    private static final int AF_UNSPEC = 0;
    static final int AF_INET = 2;
    static final int AF_INET6 = 10;

    private RouteDecoder() {}

    /** Returns what {@code message} says, or nothing if it is malformed or about something else. */
    public static Optional<RouteChange> decode(MessageReader message) {
        return switch (message.type()) {
            case NEW_LINK, DELETE_LINK -> link(message, message.type() == DELETE_LINK);
            case NEW_ADDRESS, DELETE_ADDRESS -> address(message, message.type() == DELETE_ADDRESS);
            case NEW_ROUTE, DELETE_ROUTE -> DefaultRouteDecoder.decode(message, message.type() == DELETE_ROUTE);
            case NEW_RULE, DELETE_RULE -> RuleDecoder.decode(message, message.type() == DELETE_RULE);
            default -> Optional.empty();
        };
    }

    static boolean isIp(int family) {
        return family == AF_INET || family == AF_INET6;
    }

    private static Optional<RouteChange> link(MessageReader message, boolean removed) {
        AttributeReader attributes = message.attributes(LINK_HEADER_BYTES);
        // A bridge reports with its own family when a port leaves it; the interface is still there.
        if (attributes.malformed() || family(message) != AF_UNSPEC) {
            return Optional.empty();
        }
        ByteBuffer buffer = message.buffer();
        int index = buffer.getInt(message.payloadStart() + 4);
        int flags = buffer.getInt(message.payloadStart() + 8);
        String name = "";
        int state = LinkMessage.STATE_UNKNOWN;
        boolean carrier = (flags & LinkMessage.IFF_LOWER_UP) != 0;
        int master = 0;
        int vrfTable = 0;
        while (attributes.next()) {
            switch (attributes.type()) {
                case LINK_NAME -> name = attributes.string();
                case LINK_OPERATIONAL_STATE -> state = attributes.u8();
                case LINK_CARRIER -> carrier = attributes.u8() != 0;
                case LINK_MASTER -> master = attributes.u32();
                case LINK_KIND -> vrfTable = vrfTable(attributes.nested(new AttributeReader()));
                default -> {}
            }
        }
        return attributes.malformed()
                ? Optional.empty()
                : Optional.of(new LinkMessage(removed, index, name, flags, state, carrier, master, vrfTable));
    }

    /** IFLA_INFO_KIND string, IFLA_INFO_DATA nested, which for the kind "vrf" has IFLA_VRF_TABLE u32. */
    private static int vrfTable(AttributeReader info) {
        boolean vrf = false;
        int table = 0;
        while (info.next()) {
            if (info.type() == INFO_KIND) {
                vrf = info.string().equals("vrf");
            } else if (vrf && info.type() == INFO_DATA) {
                AttributeReader data = info.nested(new AttributeReader());
                while (data.next()) {
                    table = data.type() == VRF_TABLE ? data.u32() : table;
                }
            }
        }
        return table;
    }

    private static Optional<RouteChange> address(MessageReader message, boolean removed) {
        AttributeReader attributes = message.attributes(ADDRESS_HEADER_BYTES);
        int family = attributes.malformed() ? AF_UNSPEC : family(message);
        if (!isIp(family)) {
            return Optional.empty();
        }
        ByteBuffer buffer = message.buffer();
        int start = message.payloadStart();
        int prefixLength = buffer.get(start + 1) & 0xff;
        int flags = buffer.get(start + 2) & 0xff;
        int scope = buffer.get(start + 3) & 0xff;
        int index = buffer.getInt(start + 4);
        AddressFields fields = new AddressFields(family == AF_INET6, prefixLength, flags);
        while (attributes.next()) {
            fields.take(attributes);
        }
        return attributes.malformed()
                ? Optional.empty()
                : Optional.of(new AddressMessage(
                        removed, index, fields.v6, fields.high, fields.low, fields.subnet(), scope, fields.flags));
    }

    /** What the attributes of an address message tell, collected. */
    private static final class AddressFields {
        final boolean v6;
        int flags;
        long high;
        long low;
        private final int prefixLength;
        private boolean local;
        private AddressPrefix peers;

        AddressFields(boolean v6, int prefixLength, int flags) {
            this.v6 = v6;
            this.prefixLength = prefixLength;
            this.flags = flags;
        }

        AddressPrefix subnet() {
            return (peers == null ? new AddressPrefix(v6, high, low, prefixLength) : peers).first();
        }

        void take(AttributeReader attribute) {
            switch (attribute.type()) {
                // On a point-to-point link ADDRESS is the peer's and LOCAL ours; else LOCAL is the same, or absent.
                case ADDRESS_ADDRESS -> {
                    peers = new AddressPrefix(v6, high(attribute), low(attribute), prefixLength);
                    if (!local) {
                        bits(attribute);
                    }
                }
                case ADDRESS_LOCAL -> {
                    local = true;
                    bits(attribute);
                }
                // All 32 flags; the header has room for 8.
                case ADDRESS_FLAGS -> flags = attribute.u32();
                default -> {}
            }
        }

        private void bits(AttributeReader attribute) {
            high = high(attribute);
            low = low(attribute);
        }

        private long high(AttributeReader attribute) {
            return v6 ? attribute.be64(0) : 0;
        }

        private long low(AttributeReader attribute) {
            return v6 ? attribute.be64(8) : Integer.toUnsignedLong(attribute.be32());
        }
    }

    private static int family(MessageReader message) {
        return message.buffer().get(message.payloadStart()) & 0xff;
    }
}
