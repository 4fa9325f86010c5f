package org.smapp.netlink.route;

/**
 * Addresses that begin alike.
 *
 * @param v6 whether the family is IPv6
 * @param high the upper 64 bits of an IPv6 address, 0 for IPv4
 * @param low the lower 64 bits of an IPv6 address, or the 32 bits of an IPv4 address
 * @param length how many bits count; 0 for every address
 */
public record AddressPrefix(boolean v6, long high, long low, int length) {

    /** The bits of an IPv4 address are the last of 128. */
    private static final int V4_BEGINS = 96;

    /** Returns the prefix of length 0, which contains every address of a family. */
    public static AddressPrefix any(boolean v6) {
        return new AddressPrefix(v6, 0, 0, 0);
    }

    /** Returns whether an address of the same family begins with it. */
    public boolean contains(long addressHigh, long addressLow) {
        return ((high ^ addressHigh) & highMask()) == 0 && ((low ^ addressLow) & lowMask()) == 0;
    }

    /** Returns the same prefix with all bits 0 that don't count. */
    public AddressPrefix first() {
        return new AddressPrefix(v6, high & highMask(), low & lowMask(), length);
    }

    private long highMask() {
        return mask(bits());
    }

    private long lowMask() {
        return mask(bits() - Long.SIZE);
    }

    private int bits() {
        return v6 ? length : V4_BEGINS + length;
    }

    /** Returns a word whose first {@code ones} bits are set. */
    private static long mask(int ones) {
        return ones <= 0 ? 0 : -1L << Math.max(0, Long.SIZE - ones);
    }
}
