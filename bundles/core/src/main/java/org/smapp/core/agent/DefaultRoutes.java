package org.smapp.core.agent;

import java.util.Comparator;
import java.util.List;
import org.smapp.api.IpAddress;
import org.smapp.netlink.route.DefaultRoute;
import org.smapp.netlink.route.RoutingRule;

/**
 * Where this host's packets leave it for destinations that are not its neighbours': the default routes of all tables, and the
 * rules that choose a table by source address. Immutable.
 */
final class DefaultRoutes {

    /** What packets from an address find. */
    enum Way {
        /** A default route out of the address's own interface. */
        OWN,
        /** Only a default route out of another interface, or a dead end: they stray, or go nowhere. */
        OTHER,
        /** No default route: only neighbours can be reached. */
        NONE
    }

    static final DefaultRoutes EMPTY = new DefaultRoutes(List.of(), List.of());

    private final List<DefaultRoute> routes;
    private final List<RoutingRule> rules;

    /** @param rules none of a family: only its main table counts */
    DefaultRoutes(List<DefaultRoute> routes, List<RoutingRule> rules) {
        this.routes = List.copyOf(routes);
        this.rules = rules.stream()
                .sorted(Comparator.comparing(RoutingRule::priority, Integer::compareUnsigned))
                .toList();
    }

    /** Follows the rules as the kernel does, except that a table's routes over other interfaces don't end the search. */
    Way from(IpAddress address, int interfaceIndex) {
        Way found = Way.NONE;
        if (rules.stream().noneMatch(each -> each.v6() == address.v6())) {
            return look(DefaultRoute.MAIN_TABLE, address, interfaceIndex);
        }
        for (RoutingRule rule : rules) {
            if (rule.v6() != address.v6() || !rule.isFor(address.high(), address.low())) {
                continue;
            }
            if (rule.isDeadEnd()) {
                return Way.OTHER;
            }
            Way here = rule.leadsToDefaultRoute() ? look(rule.table(), address, interfaceIndex) : Way.NONE;
            if (here == Way.OWN || here == Way.OTHER && hasDeadEnd(rule.table(), address)) {
                return here;
            }
            found = here == Way.NONE ? found : here;
        }
        return found;
    }

    private Way look(int table, IpAddress address, int interfaceIndex) {
        Way found = Way.NONE;
        for (DefaultRoute each : routes) {
            if (isFor(each, table, address)) {
                if (each.leadsOutOf(interfaceIndex)) {
                    return Way.OWN;
                }
                found = each.leadsOut() || each.isDeadEnd() ? Way.OTHER : found;
            }
        }
        return found;
    }

    private static boolean isFor(DefaultRoute route, int table, IpAddress address) {
        return route.table() == table
                && route.v6() == address.v6()
                && route.source().contains(address.high(), address.low());
    }

    private boolean hasDeadEnd(int table, IpAddress address) {
        return routes.stream().anyMatch(each -> isFor(each, table, address) && each.isDeadEnd());
    }
}
