package org.smapp.api;

/**
 * An IPv4 or IPv6 address. {@code java.net.InetAddress} turns {@code ::ffff:192.0.2.1} into an IPv4 address; the kernel keeps
 * the two apart, and so does this type.
 *
 * @param v6 whether the family is IPv6; an IPv4-mapped IPv6 address counts as IPv6
 * @param high the upper 64 bits of an IPv6 address, 0 for IPv4
 * @param low the lower 64 bits of an IPv6 address, or the 32 bits of an IPv4 address
 */
public record IpAddress(boolean v6, long high, long low) implements Comparable<IpAddress> {

    private static final long MAPPED = 0xffffL << 32;

    /** Returns the IPv4 address with these bits, the first byte in the most significant place. */
    public static IpAddress v4(int bits) {
        return new IpAddress(false, 0, Integer.toUnsignedLong(bits));
    }

    /** Returns the IPv6 address with these bits, the first byte in the most significant place of {@code high}. */
    public static IpAddress v6(long high, long low) {
        return new IpAddress(true, high, low);
    }

    /**
     * Reads a literal address; never asks a name server.
     *
     * @throws IllegalArgumentException if {@code text} is no IPv4 or IPv6 literal
     */
    public static IpAddress parse(String text) {
        return IpAddressText.parse(text);
    }

    /** Returns whether this is {@code ::ffff:a.b.c.d}. */
    public boolean isV4Mapped() {
        return v6 && high == 0 && (low & 0xffffffff00000000L) == MAPPED;
    }

    /** Returns the IPv4 address inside an IPv4-mapped one, and every other address as it is. */
    public IpAddress unmapped() {
        return isV4Mapped() ? v4((int) low) : this;
    }

    /** Returns {@code ::ffff:a.b.c.d} for an IPv4 address, and an IPv6 address as it is. */
    public IpAddress mapped() {
        return v6 ? this : v6(0, MAPPED | low);
    }

    /** Returns whether this is 127.0.0.0/8 or ::1, mapped or not. */
    public boolean isLoopback() {
        IpAddress plain = unmapped();
        return plain.v6 ? high == 0 && low == 1 : plain.low >>> 24 == 127;
    }

    /** Returns whether this is 169.254.0.0/16 or fe80::/10, mapped or not. */
    public boolean isLinkLocal() {
        IpAddress plain = unmapped();
        return plain.v6 ? high >>> 54 == 0xfe80 >>> 6 : plain.low >>> 16 == 0xa9fe;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof IpAddress address && address.low == low && address.high == high && address.v6 == v6;
    }

    @Override
    public int hashCode() {
        return Long.hashCode(high * 31 + low);
    }

    @Override
    public int compareTo(IpAddress other) {
        int byFamily = Boolean.compare(v6, other.v6);
        int byHigh = byFamily != 0 ? byFamily : Long.compareUnsigned(high, other.high);
        return byHigh != 0 ? byHigh : Long.compareUnsigned(low, other.low);
    }

    /** Returns the text that {@code inet_ntop(3)} gives: compressed, lower case, {@code ::ffff:192.0.2.1}. */
    @Override
    public String toString() {
        return IpAddressText.format(this);
    }
}
