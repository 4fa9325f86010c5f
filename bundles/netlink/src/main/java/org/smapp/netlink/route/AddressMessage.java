package org.smapp.netlink.route;

/**
 * An address of an interface.
 *
 * @param removed whether it is gone
 * @param interfaceIndex the number of the interface
 * @param v6 whether the family is IPv6
 * @param high the upper 64 bits of an IPv6 address, 0 for IPv4
 * @param low the lower 64 bits of an IPv6 address, or the 32 bits of an IPv4 address
 * @param subnet the addresses that are reached over the interface without a route: those that begin like it, or on a
 *     point-to-point link the peer's
 * @param scope {@link #SCOPE_UNIVERSE}, {@link #SCOPE_LINK}, {@link #SCOPE_HOST} or a value between
 * @param flags the bits IFA_F_* (linux/if_addr.h)
 */
public record AddressMessage(
        boolean removed,
        int interfaceIndex,
        boolean v6,
        long high,
        long low,
        AddressPrefix subnet,
        int scope,
        int flags)
        implements RouteChange {

    public static final int SCOPE_UNIVERSE = 0;
    public static final int SCOPE_LINK = 253;
    public static final int SCOPE_HOST = 254;

    static final int DUPLICATE = 0x08;
    static final int DEPRECATED = 0x20;
    static final int TENTATIVE = 0x40;

    /**
     * Returns whether new connections may use it: it is there, and not a tentative (still being checked, RFC 4862), duplicate
     * or deprecated one. Its scope does not count.
     */
    public boolean isUsable() {
        return !removed && (flags & (DUPLICATE | DEPRECATED | TENTATIVE)) == 0;
    }
}
