package org.smapp.netlink.route;

/**
 * A network interface.
 *
 * @param removed whether it is gone
 * @param index its number in its namespace, above 0
 * @param name its name, up to 15 bytes
 * @param flags the bits IFF_* (linux/if.h)
 * @param operationalState RFC 2863: {@link #STATE_UNKNOWN} (loopback, TUN and others that don't tell), {@link #STATE_DOWN},
 *     {@link #STATE_UP} and values between
 * @param carrier whether it has carrier: the cable is plugged in, or the radio is connected
 * @param master the number of the bridge, bond or VRF that it is a part of, or 0
 * @param vrfTable the routing table that it stands for, if it is a VRF, or 0
 */
public record LinkMessage(
        boolean removed,
        int index,
        String name,
        int flags,
        int operationalState,
        boolean carrier,
        int master,
        int vrfTable)
        implements RouteChange {

    public static final int STATE_UNKNOWN = 0;
    public static final int STATE_DOWN = 2;
    public static final int STATE_UP = 6;

    public static final int IFF_UP = 0x1;

    static final int IFF_LOOPBACK = 0x8;
    static final int IFF_LOWER_UP = 0x10000;

    /** Makes one that is no VRF and no part of another interface. */
    public LinkMessage(boolean removed, int index, String name, int flags, int operationalState, boolean carrier) {
        this(removed, index, name, flags, operationalState, carrier, 0, 0);
    }

    /** Returns whether it is switched on (IFF_UP), with or without carrier. */
    public boolean isUp() {
        return (flags & IFF_UP) != 0;
    }

    public boolean isLoopback() {
        return (flags & IFF_LOOPBACK) != 0;
    }

    /** Returns whether packets can go out: it is there, switched on, has carrier, and nothing below says otherwise. */
    public boolean isUsable() {
        boolean operational = operationalState == STATE_UP || operationalState == STATE_UNKNOWN;
        return !removed && isUp() && carrier && operational;
    }
}
