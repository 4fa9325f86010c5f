package org.smapp.netlink.route;

/**
 * A rule of policy routing: which packets are routed by which table.
 *
 * @param removed whether it is gone
 * @param v6 whether the family is IPv6
 * @param priority rules with smaller numbers come first, unsigned
 * @param action what it does, FR_ACT_* (linux/fib_rules.h)
 * @param table the number of the table that it leads to
 * @param source the packets' source addresses that it is about
 * @param outputInterface the name of the interface that packets' sockets must be bound to, or the empty string
 * @param vrf whether it is about packets whose sockets are bound to a part of a VRF, and leads to the table of that
 * @param special whether it has a condition that SMAPP does not follow: a mark, an input interface, a destination and the
 *     like
 * @param inverted whether it is about all packets but those
 * @param withoutDefault whether default routes of the table do not count (suppress_prefixlength)
 */
public record RoutingRule(
        boolean removed,
        boolean v6,
        int priority,
        int action,
        int table,
        AddressPrefix source,
        String outputInterface,
        boolean vrf,
        boolean special,
        boolean inverted,
        boolean withoutDefault)
        implements RouteChange {

    static final int TO_TABLE = 1;
    private static final int FIRST_REFUSAL = 6;
    private static final int LAST_REFUSAL = 8;

    /**
     * Returns whether plain packets of this host from an address, of the rule's family, meet it.
     *
     * @param boundTo the name of the interface that the socket is bound to, or the empty string
     * @param inVrf whether that interface is a part of a VRF
     */
    public boolean isFor(long addressHigh, long addressLow, String boundTo, boolean inVrf) {
        boolean meets = !special
                && (outputInterface.isEmpty() || outputInterface.equals(boundTo))
                && (inVrf || !vrf)
                && source.contains(addressHigh, addressLow);
        return inverted != meets;
    }

    /** Returns whether a default route of its table counts for packets that meet it. */
    public boolean leadsToDefaultRoute() {
        return action == TO_TABLE && !withoutDefault;
    }

    /** Returns whether packets that meet it are dropped or refused. */
    public boolean isDeadEnd() {
        return action >= FIRST_REFUSAL && action <= LAST_REFUSAL;
    }
}
