package org.smapp.core.rule;

import org.smapp.api.IpAddress;
import org.smapp.netlink.route.AddressPrefix;

/**
 * A block of addresses as an operator writes it, such as {@code 192.0.2.0/24} or {@code 2001:db8::/32}.
 *
 * @param bits what all its addresses begin with
 */
public record IpPrefix(AddressPrefix bits) {

    private static final int V4_BITS = 32;

    /**
     * Reads {@code address/length}, or an address alone.
     *
     * @throws IllegalArgumentException with a sentence for the operator
     */
    public static IpPrefix parse(String text) {
        int slash = text.indexOf('/');
        IpAddress address = address(slash < 0 ? text : text.substring(0, slash), text);
        int most = address.v6() ? Long.SIZE * 2 : V4_BITS;
        int length = slash < 0 ? most : length(text.substring(slash + 1), most, text);
        AddressPrefix bits = new AddressPrefix(address.v6(), address.high(), address.low(), length);
        IpPrefix prefix = new IpPrefix(bits.first());
        if (!prefix.bits.equals(bits)) {
            throw new IllegalArgumentException(
                    "'" + text + "' has bits set after its first " + length + ": write " + prefix);
        }
        return prefix;
    }

    private static IpAddress address(String part, String text) {
        try {
            return IpAddress.parse(part);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "'" + text + "' is no address prefix: write it like 192.0.2.0/24 or 2001:db8::/32", e);
        }
    }

    private static int length(String part, int most, String text) {
        if (!part.matches("\\d{1,3}") || Integer.parseInt(part) > most) {
            throw new IllegalArgumentException(
                    "'" + text + "' has no good length after the slash: write 0 to " + most + " there");
        }
        return Integer.parseInt(part);
    }

    /** Returns whether {@code other} is in the block. */
    public boolean contains(IpAddress other) {
        return other.v6() == bits.v6() && bits.contains(other.high(), other.low());
    }

    /** Returns {@code 192.0.2.0/24}. */
    @Override
    public String toString() {
        return new IpAddress(bits.v6(), bits.high(), bits.low()) + "/" + bits.length();
    }
}
