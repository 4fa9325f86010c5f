package org.smapp.netlink.diag;

/**
 * What tells one socket from another in a network namespace.
 *
 * @param v6 whether the family is IPv6; sockets of that family can have IPv4-mapped addresses
 * @param localHigh the upper 64 bits of the local IPv6 address, 0 for IPv4
 * @param localLow the lower 64 bits of the local IPv6 address, or the 32 bits of the IPv4 address
 * @param localPort 0 to 65535
 * @param remoteHigh as {@code localHigh}
 * @param remoteLow as {@code localLow}
 * @param remotePort 0 to 65535
 * @param interfaceIndex the interface that the socket is bound to, or 0
 * @param cookie a number that the kernel gives to this socket only, or {@link #ANY_COOKIE}
 */
public record SocketId(
        boolean v6,
        long localHigh,
        long localLow,
        int localPort,
        long remoteHigh,
        long remoteLow,
        int remotePort,
        int interfaceIndex,
        long cookie) {

    /** In a request: whichever socket has these addresses and ports. */
    public static final long ANY_COOKIE = -1;
}
