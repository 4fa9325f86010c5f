package org.smapp.core.family.upstream;

import org.smapp.api.IpAddress;
import org.smapp.netlink.AttributeReader;
import org.smapp.netlink.MessageReader;

/**
 * Reads what the kernel answers to requests: an address (GET_ADDR, of a connection or of the in-kernel path manager) and that
 * one's limits (GET_LIMITS). Unknown attributes are passed over.
 *
 * <pre>
 * GET_ADDR    ADDR {FAMILY u16, PORT u16 host order, ID u8, FLAGS u32, [IF_IDX s32], ADDR4 or ADDR6}
 * GET_LIMITS  RCV_ADD_ADDRS u32, SUBFLOWS u32
 * </pre>
 *
 * <p>Stateless.
 */
public final class AnswerDecoder {

    /** The limits of the in-kernel path manager, as the kernel counts them. */
    public record Limits(long acceptedAddresses, long subflows) {}

    private AnswerDecoder() {}

    /** Returns the address that a message holds; {@link AddressFields#NONE} if it holds none. */
    public static AddressFields address(MessageReader message) {
        AddressFields found = AddressFields.NONE;
        AttributeReader attributes = message.attributes(MessageReader.GENERIC_HEADER_BYTES);
        while (attributes.next()) {
            if (attributes.type() == Uapi.PM_ATTR_ADDR) {
                found = fields(attributes.nested(new AttributeReader()));
            }
        }
        return found;
    }

    private static AddressFields fields(AttributeReader attribute) {
        AddressFields fields = AddressFields.NONE;
        while (attribute.next()) {
            fields = switch (attribute.type()) {
                case Uapi.ADDR_ATTR_ID -> fields.withId(attribute.u8());
                case Uapi.ADDR_ATTR_ADDR4 -> fields.withAddress(IpAddress.v4(attribute.be32()));
                case Uapi.ADDR_ATTR_ADDR6 -> fields.withAddress(IpAddress.v6(attribute.be64(0), attribute.be64(8)));
                case Uapi.ADDR_ATTR_PORT -> fields.withPort(attribute.u16());
                case Uapi.ADDR_ATTR_FLAGS -> fields.withFlags(attribute.u32());
                case Uapi.ADDR_ATTR_IF_IDX -> fields.withInterface(attribute.s32());
                default -> fields;
            };
        }
        return fields;
    }

    /** Returns the limits that a message holds; a limit that is missing is 0. */
    public static Limits limits(MessageReader message) {
        long acceptedAddresses = 0;
        long subflows = 0;
        AttributeReader attributes = message.attributes(MessageReader.GENERIC_HEADER_BYTES);
        while (attributes.next()) {
            switch (attributes.type()) {
                case Uapi.PM_ATTR_RCV_ADD_ADDRS -> acceptedAddresses = Integer.toUnsignedLong(attributes.u32());
                case Uapi.PM_ATTR_SUBFLOWS -> subflows = Integer.toUnsignedLong(attributes.u32());
                default -> {}
            }
        }
        return new Limits(acceptedAddresses, subflows);
    }
}
