package org.smapp.core.rule;

import org.smapp.api.IpAddress;

/**
 * A block of addresses, such as {@code 192.0.2.0/24} or {@code 2001:db8::/32}.
 *
 * @param address its first address
 * @param length how many bits all its addresses share with it
 */
public record IpPrefix(IpAddress address, int length) {

    private static final int V4_BITS = 32;

    /** The bits of an IPv4 address are the last of the 128 that an {@link IpAddress} has. */
    private static final int V4_BEGINS = 96;

    /**
     * Reads {@code address/length}, or an address alone.
     *
     * @throws IllegalArgumentException with a sentence for the operator
     */
    public static IpPrefix parse(String text) {
        int slash = text.indexOf('/');
        IpAddress address = address(slash < 0 ? text : text.substring(0, slash), text);
        int bits = address.v6() ? Long.SIZE * 2 : V4_BITS;
        int length = slash < 0 ? bits : length(text.substring(slash + 1), bits, text);
        IpPrefix prefix = new IpPrefix(new IpPrefix(address, length).first(), length);
        if (!prefix.address.equals(address)) {
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

    /** Returns whether {@code other}, of the same family, is in the block. */
    public boolean contains(IpAddress other) {
        return other.v6() == address.v6()
                && ((other.high() ^ address.high()) & highMask()) == 0
                && ((other.low() ^ address.low()) & lowMask()) == 0;
    }

    private IpAddress first() {
        return new IpAddress(address.v6(), address.high() & highMask(), address.low() & lowMask());
    }

    private long highMask() {
        return mask(bits());
    }

    private long lowMask() {
        return mask(bits() - Long.SIZE);
    }

    private int bits() {
        return address.v6() ? length : V4_BEGINS + length;
    }

    /** Returns a word whose first {@code ones} bits are set. */
    private static long mask(int ones) {
        return ones <= 0 ? 0 : -1L << Math.max(0, Long.SIZE - ones);
    }

    /** Returns {@code 192.0.2.0/24}. */
    @Override
    public String toString() {
        return address + "/" + length;
    }
}
