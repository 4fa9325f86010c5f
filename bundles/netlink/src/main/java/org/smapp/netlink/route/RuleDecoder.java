package org.smapp.netlink.route;

import java.nio.ByteBuffer;
import java.util.Optional;
import org.smapp.netlink.AttributeReader;
import org.smapp.netlink.MessageReader;

/** Decodes messages about rules of policy routing (linux/fib_rules.h). Stateless. */
final class RuleDecoder {

    /** struct fib_rule_hdr: u8 family, destination length, source length, tos, table, 2 reserved, action; u32 flags. */
    static final int HEADER_BYTES = 12;

    private static final int DESTINATION_LENGTH_AT = 1;
    private static final int SOURCE_LENGTH_AT = 2;
    private static final int TOS_AT = 3;
    private static final int TABLE_AT = 4;
    private static final int ACTION_AT = 7;
    private static final int FLAGS_AT = 8;
    private static final int INVERTED = 0x2;

    private static final int SOURCE = 2;
    private static final int INPUT_INTERFACE = 3;
    private static final int PRIORITY = 6;
    private static final int MARK = 10;
    private static final int TUNNEL = 12;
    private static final int SUPPRESSED_LENGTH = 14;
    private static final int TABLE = 15;
    private static final int OUTPUT_INTERFACE = 17;
    private static final int MASTER_DEVICE = 19;
    private static final int USERS = 20;
    private static final int PROTOCOL = 22;
    private static final int SOURCE_PORTS = 23;
    private static final int IPPROTO_TCP = 6;

    private RuleDecoder() {}

    static Optional<RouteChange> decode(MessageReader message, boolean removed) {
        AttributeReader attributes = message.attributes(HEADER_BYTES);
        int family = attributes.malformed() ? 0 : message.buffer().get(message.payloadStart()) & 0xff;
        if (!RouteDecoder.isIp(family)) {
            return Optional.empty();
        }
        Fields fields = new Fields(message, family == RouteDecoder.AF_INET6);
        while (attributes.next()) {
            fields.take(attributes);
        }
        return attributes.malformed() ? Optional.empty() : Optional.of(fields.rule(removed));
    }

    /** What header and attributes tell, collected. */
    private static final class Fields {
        private final boolean v6;
        private final int sourceLength;
        private final int action;
        private final boolean inverted;
        private int table;
        private int priority;
        private long high;
        private long low;
        private boolean special;
        private String outputInterface = "";
        private boolean vrf;
        private int suppressedLength = -1;

        Fields(MessageReader message, boolean v6) {
            this.v6 = v6;
            ByteBuffer buffer = message.buffer();
            int start = message.payloadStart();
            sourceLength = buffer.get(start + SOURCE_LENGTH_AT) & 0xff;
            action = buffer.get(start + ACTION_AT) & 0xff;
            inverted = (buffer.getInt(start + FLAGS_AT) & INVERTED) != 0;
            table = buffer.get(start + TABLE_AT) & 0xff;
            special = (buffer.get(start + DESTINATION_LENGTH_AT) | buffer.get(start + TOS_AT)) != 0;
        }

        void take(AttributeReader attribute) {
            switch (attribute.type()) {
                case SOURCE -> {
                    high = v6 ? attribute.be64(0) : 0;
                    low = v6 ? attribute.be64(8) : Integer.toUnsignedLong(attribute.be32());
                }
                case PRIORITY -> priority = attribute.u32();
                case TABLE -> table = attribute.u32();
                case SUPPRESSED_LENGTH -> suppressedLength = attribute.s32();
                // What this host sends "comes in" by lo.
                case INPUT_INTERFACE -> special |= !attribute.string().equals("lo");
                case MARK -> special |= attribute.u32() != 0;
                case MASTER_DEVICE -> vrf = attribute.u8() != 0;
                case OUTPUT_INTERFACE -> outputInterface = attribute.string();
                case PROTOCOL -> special |= attribute.u8() != IPPROTO_TCP;
                case TUNNEL, USERS -> special = true;
                default -> special |= attribute.type() >= SOURCE_PORTS; // ports, and conditions newer than this
            }
        }

        RoutingRule rule(boolean removed) {
            AddressPrefix source = new AddressPrefix(v6, high, low, sourceLength);
            boolean withoutDefault = suppressedLength >= 0;
            return new RoutingRule(
                    removed,
                    v6,
                    priority,
                    action,
                    table,
                    source,
                    outputInterface,
                    vrf,
                    special,
                    inverted,
                    withoutDefault);
        }
    }
}
