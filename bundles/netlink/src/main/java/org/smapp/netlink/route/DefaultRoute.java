package org.smapp.netlink.route;

import java.util.List;

/**
 * A route for every destination that no other route of its table covers.
 *
 * @param removed whether it is gone
 * @param v6 whether the family is IPv6
 * @param table the number of its table, {@link #MAIN_TABLE} unless somebody chose another
 * @param type the kind, RTN_* (linux/rtnetlink.h)
 * @param source the packets' source addresses that it is for, every one unless somebody chose (IPv6 alone can)
 * @param interfaces the numbers of the interfaces that it leads out of; none for a dead end, and for a route whose next hop is
 *     an object of its own that the kernel does not spell out
 * @param metric of the routes of a table that fit, the one with the smallest metric is taken, unsigned
 */
public record DefaultRoute(
        boolean removed, boolean v6, int table, int type, AddressPrefix source, List<Integer> interfaces, int metric)
        implements RouteChange {

    public static final int MAIN_TABLE = 254;

    /** The kind of route that leads somewhere. */
    public static final int UNICAST = 1;

    private static final int BLACKHOLE = 6;
    private static final int UNREACHABLE = 7;
    private static final int PROHIBIT = 8;

    public DefaultRoute {
        interfaces = List.copyOf(interfaces);
    }

    /** Returns whether what takes this route is dropped or refused. */
    public boolean isDeadEnd() {
        return type == BLACKHOLE || type == UNREACHABLE || type == PROHIBIT;
    }

    /** Returns whether packets can leave the host on this route. */
    public boolean leadsOut() {
        return type == UNICAST;
    }

    /** Returns whether packets leave by this interface alone on this route. */
    public boolean leadsOnlyOutOf(int interfaceIndex) {
        return leadsOut() && interfaces.stream().allMatch(each -> each == interfaceIndex);
    }

    /** Returns whether packets can leave by this interface on this route. */
    public boolean leadsOutOf(int interfaceIndex) {
        return leadsOut() && (interfaces.isEmpty() || interfaces.contains(interfaceIndex));
    }
}
