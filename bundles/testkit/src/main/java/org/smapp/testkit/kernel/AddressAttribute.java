package org.smapp.testkit.kernel;

import org.smapp.api.IpAddress;
import org.smapp.linux.Errno;
import org.smapp.netlink.AttributeReader;
import org.smapp.netlink.MessageWriter;

/**
 * An address as requests and answers nest it; what is absent is 0 or null, as in the kernel.
 *
 * @param offset where the attribute begins in its request
 */
record AddressAttribute(int offset, int family, IpAddress v4, IpAddress v6, int id, int port, int flags, int device) {

    private static final int FAMILY = 1;
    private static final int ID = 2;
    private static final int ADDR4 = 3;
    private static final int ADDR6 = 4;
    private static final int PORT = 5;
    private static final int FLAGS = 6;
    private static final int DEVICE = 7;
    private static final int V6_BYTES = 16;

    static AddressAttribute read(AttributeReader attribute) throws Refusal {
        int[] numbers = new int[DEVICE + 1];
        IpAddress v4 = null;
        IpAddress v6 = null;
        AttributeReader nested = attribute.nested(new AttributeReader());
        while (nested.next()) {
            check(nested);
            switch (nested.type()) {
                case FAMILY, PORT -> numbers[nested.type()] = nested.u16();
                case ID -> numbers[ID] = nested.u8();
                case ADDR4 -> v4 = IpAddress.v4(nested.be32());
                case ADDR6 -> v6 = IpAddress.v6(nested.be64(0), nested.be64(8));
                case FLAGS, DEVICE -> numbers[nested.type()] = nested.u32();
                default -> {}
            }
        }
        return new AddressAttribute(
                offset(attribute),
                numbers[FAMILY],
                v4,
                v6,
                numbers[ID],
                numbers[PORT],
                numbers[FLAGS],
                numbers[DEVICE]);
    }

    private static void check(AttributeReader attribute) throws Refusal {
        int least = switch (attribute.type()) {
            case ID -> 1;
            case FAMILY, PORT -> 2;
            case ADDR4, FLAGS, DEVICE -> 4;
            default -> 0;
        };
        if (attribute.length() < least) {
            throw Refusal.at(offset(attribute), Errno.ERANGE, "Attribute failed policy validation");
        }
        if (attribute.type() == ADDR6 && attribute.length() != V6_BYTES) {
            throw Refusal.at(offset(attribute), Errno.ERANGE, "binary attribute size out of range");
        }
    }

    /** Returns where an attribute's header begins, counted from the start of the buffer. */
    static int offset(AttributeReader attribute) {
        return attribute.offset() - 4;
    }

    /** Returns this, if it says which family it is of and has an address of that. */
    AddressAttribute withFamily() throws Refusal {
        if (family == 0) {
            throw Refusal.invalid(offset, "missing family");
        }
        if (family != Uapi.AF_INET && family != Uapi.AF_INET6) {
            throw Refusal.invalid(offset, "unknown address family");
        }
        if (address() == null) {
            throw Refusal.invalid(offset, "missing address data");
        }
        return this;
    }

    IpAddress address() {
        return family == Uapi.AF_INET6 ? v6 : v4;
    }

    boolean has(int flag) {
        return (flags & flag) != 0;
    }

    /** Returns whether both are the same address, and where {@code portToo} says so the same port. */
    boolean isSameAs(AddressAttribute other, boolean portToo) {
        return address().equals(other.address()) && (!portToo || port == other.port);
    }

    AddressAttribute withId(int value) {
        return new AddressAttribute(offset, family, v4, v6, value, port, flags, device);
    }

    AddressAttribute withFlags(int value) {
        return new AddressAttribute(offset, family, v4, v6, id, port, value, device);
    }

    /** Writes the answer to GET_ADDR: the same attribute, in the kernel's order. */
    void write(MessageWriter writer) {
        int nest = writer.nest(Uapi.ADDR);
        writer.u16(FAMILY, family).u16(PORT, port).u8(ID, id).u32(FLAGS, flags);
        if (device != 0) {
            writer.s32(DEVICE, device);
        }
        if (family == Uapi.AF_INET6) {
            writer.be128(ADDR6, v6.high(), v6.low());
        } else {
            writer.be32(ADDR4, (int) v4.low());
        }
        writer.endNest(nest);
    }
}
