package org.smapp.core.agent;

import java.util.Comparator;
import java.util.List;
import java.util.OptionalInt;
import org.smapp.api.IpAddress;
import org.smapp.netlink.route.DefaultRoute;
import org.smapp.netlink.route.LinkMessage;
import org.smapp.netlink.route.RoutingRule;

/**
 * Where this host's packets leave it for destinations that are not its neighbours: the default routes of all tables, and the
 * rules that choose a table by source address or by the interface that a socket is bound to. Immutable.
 */
final class DefaultRoutes {

    /** What packets from an address find. */
    enum Way {
        /** A default route out of the address's own interface. */
        OWN,
        /** The same, but only if their socket is bound to the interface: without that they take another way. */
        BOUND,
        /** Only a default route out of another interface, or a dead end: they stray, or go nowhere. */
        OTHER,
        /** No default route: only neighbours can be reached. */
        NONE
    }

    static final DefaultRoutes EMPTY = new DefaultRoutes(List.of(), List.of());

    private final List<DefaultRoute> routes;
    private final List<RoutingRule> rules;

    /** @param rules for a family without rules, only its main table counts */
    DefaultRoutes(List<DefaultRoute> routes, List<RoutingRule> rules) {
        this.routes = routes.stream()
                .sorted(Comparator.comparingInt(
                                (DefaultRoute each) -> -each.source().length())
                        .thenComparing(DefaultRoute::metric, Integer::compareUnsigned))
                .toList();
        this.rules = rules.stream()
                .sorted(Comparator.comparing(RoutingRule::priority, Integer::compareUnsigned))
                .toList();
    }

    /**
     * Follows rules and routes as the kernel does.
     *
     * @param link the interface that has the address
     * @param vrfTable the table of the VRF that the interface is a part of, or 0
     */
    Way from(IpAddress address, LinkMessage link, int vrfTable) {
        Way free =
                vrfTable == 0 ? follow(address, link, false, 0) : Way.NONE; // a VRF's addresses are its sockets' alone
        if (free == Way.OWN) {
            return Way.OWN;
        }
        Way bound = follow(address, link, true, vrfTable);
        if (bound == Way.OWN) {
            return Way.BOUND;
        }
        return free == Way.NONE ? bound : free;
    }

    /** Returns whether a family has any default route, so that an address without one is not on the outside. */
    boolean areThere(boolean v6) {
        return routes.stream().anyMatch(each -> each.v6() == v6 && each.leadsOut());
    }

    /** Returns the number of a table whose default route leads out of this interface, whether a rule leads there or not. */
    OptionalInt tableOf(boolean v6, int interfaceIndex) {
        return routes.stream()
                .filter(each -> each.v6() == v6 && each.leadsOutOf(interfaceIndex))
                .mapToInt(DefaultRoute::table)
                .findFirst();
    }

    private Way follow(IpAddress address, LinkMessage link, boolean bound, int vrfTable) {
        if (rules.stream().noneMatch(each -> each.v6() == address.v6())) {
            return look(DefaultRoute.MAIN_TABLE, address, link.index(), bound);
        }
        String boundTo = bound ? link.name() : "";
        for (RoutingRule rule : rules) {
            if (rule.v6() != address.v6()
                    || !rule.isFor(address.high(), address.low(), boundTo, bound && vrfTable != 0)) {
                continue;
            }
            if (rule.isDeadEnd()) {
                return Way.OTHER;
            }
            int table = rule.vrf() ? vrfTable : rule.table();
            Way here = rule.leadsToDefaultRoute() ? look(table, address, link.index(), bound) : Way.NONE;
            if (here != Way.NONE) {
                return here;
            }
        }
        return Way.NONE;
    }

    /**
     * The best route of a table decides. A bound socket does not see routes out of other interfaces; for one that is not bound,
     * several of the same metric are as good as several next hops: nobody knows which it takes.
     */
    private Way look(int table, IpAddress address, int interfaceIndex, boolean bound) {
        DefaultRoute best = null;
        boolean own = true;
        for (DefaultRoute each : routes) {
            if (!isFor(each, table, address) || bound && each.leadsOut() && !each.leadsOutOf(interfaceIndex)) {
                continue;
            }
            if (best == null) {
                best = each;
            } else if (bound || each.metric() != best.metric() || !each.source().equals(best.source())) {
                break;
            }
            own &= bound ? each.leadsOut() : each.leadsOnlyOutOf(interfaceIndex);
        }
        if (best == null || !best.leadsOut() && !best.isDeadEnd()) {
            return Way.NONE;
        }
        return own ? Way.OWN : Way.OTHER;
    }

    private static boolean isFor(DefaultRoute route, int table, IpAddress address) {
        return route.table() == table
                && route.v6() == address.v6()
                && route.source().contains(address.high(), address.low());
    }
}
