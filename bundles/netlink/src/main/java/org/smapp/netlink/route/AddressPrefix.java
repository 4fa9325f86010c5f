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

    /** Returns what every address of a family begins with. */
    public static AddressPrefix any(boolean v6) {
        return new AddressPrefix(v6, 0, 0, 0);
    }

    /** Returns whether an address of the same family begins with it. */
    public boolean contains(long addressHigh, long addressLow) {
        int ofHigh = v6 ? Math.min(length, Long.SIZE) : 0;
        int ofLow = v6 ? length - Long.SIZE : length;
        return alike(high ^ addressHigh, ofHigh, Long.SIZE)
                && alike(low ^ addressLow, ofLow, v6 ? Long.SIZE : Integer.SIZE);
    }

    private static boolean alike(long difference, int bits, int width) {
        return bits <= 0 || difference >>> width - bits == 0;
    }
}
