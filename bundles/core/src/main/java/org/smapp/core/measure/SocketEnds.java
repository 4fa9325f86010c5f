package org.smapp.core.measure;

import org.smapp.api.FourTuple;
import org.smapp.api.IpAddress;
import org.smapp.netlink.diag.SocketId;

/** The ends of a socket, from the types of sock_diag to those of the api and back. */
public final class SocketEnds {

    private SocketEnds() {}

    /** Returns the ends as the api shows them. */
    public static FourTuple tuple(SocketId id) {
        return new FourTuple(
                address(id.v6(), id.localHigh(), id.localLow()),
                id.localPort(),
                address(id.v6(), id.remoteHigh(), id.remoteLow()),
                id.remotePort());
    }

    private static IpAddress address(boolean v6, long high, long low) {
        return v6 ? IpAddress.v6(high, low) : IpAddress.v4((int) low);
    }

    /**
     * Returns the ends as the kernel is asked for them: with an IPv6 address on one side, the other is mapped to IPv6.
     */
    static SocketId id(FourTuple tuple) {
        boolean v6 = tuple.localAddress().v6() || tuple.remoteAddress().v6();
        IpAddress local = v6 ? tuple.localAddress().mapped() : tuple.localAddress();
        IpAddress remote = v6 ? tuple.remoteAddress().mapped() : tuple.remoteAddress();
        return new SocketId(
                v6,
                local.high(),
                local.low(),
                tuple.localPort(),
                remote.high(),
                remote.low(),
                tuple.remotePort(),
                0,
                SocketId.ANY_COOKIE);
    }
}
