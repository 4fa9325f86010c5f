package org.smapp.core.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.smapp.api.IpAddress;
import org.smapp.core.agent.DefaultRoutes.Way;
import org.smapp.netlink.route.AddressPrefix;
import org.smapp.netlink.route.DefaultRoute;
import org.smapp.netlink.route.RoutingRule;

final class DefaultRoutesTest {

    private static final int MAIN = DefaultRoute.MAIN_TABLE;
    private static final int WAN1 = 1;
    private static final int WAN2 = 2;
    private static final int UNICAST = 1;
    private static final int UNREACHABLE = 7;
    private static final int TO_TABLE = 1;
    private static final int PROHIBIT = 8;
    private static final IpAddress ADDRESS = IpAddress.parse("10.0.2.2");
    private static final AddressPrefix ALL = new AddressPrefix(false, 0, 0, 0);
    private static final AddressPrefix SUBNET = prefix("10.0.2.0", 24);
    private static final RoutingRule LOOK_AT_MAIN = rule(32_766, MAIN, ALL);

    private static AddressPrefix prefix(String address, int length) {
        IpAddress parsed = IpAddress.parse(address);
        return new AddressPrefix(parsed.v6(), parsed.high(), parsed.low(), length);
    }

    private static DefaultRoute route(int table, Integer... interfaces) {
        return new DefaultRoute(false, false, table, UNICAST, AddressPrefix.any(false), List.of(interfaces));
    }

    private static RoutingRule rule(int priority, int table, AddressPrefix source) {
        return new RoutingRule(false, source.v6(), priority, TO_TABLE, table, source, false, false, false);
    }

    private static Way way(List<DefaultRoute> routes, RoutingRule... rules) {
        return new DefaultRoutes(routes, List.of(rules)).from(ADDRESS, WAN2);
    }

    @Test
    void shouldTakeTheMainTableWithoutRules() {
        assertEquals(Way.NONE, way(List.of()));
        assertEquals(Way.OWN, way(List.of(route(MAIN, WAN1), route(MAIN, WAN2))));
        assertEquals(Way.OWN, way(List.of(route(MAIN, WAN1, WAN2))), "several next hops");
        assertEquals(Way.OTHER, way(List.of(route(MAIN, WAN1))));
        assertEquals(Way.NONE, way(List.of(route(7, WAN2))));
    }

    @Test
    void shouldFollowARuleForTheAddress() {
        List<DefaultRoute> routes = List.of(route(MAIN, WAN1), route(2, WAN2));
        assertEquals(Way.OTHER, way(routes, LOOK_AT_MAIN));
        assertEquals(Way.OWN, way(routes, LOOK_AT_MAIN, rule(100, 2, SUBNET)));
        assertEquals(Way.OTHER, way(routes, LOOK_AT_MAIN, rule(100, 2, prefix("10.0.3.0", 24))));
    }

    @Test
    void shouldGoOnPastATableWithoutDefaultRoute() {
        assertEquals(Way.OWN, way(List.of(route(MAIN, WAN2)), LOOK_AT_MAIN, rule(100, 2, SUBNET)));
    }

    @Test
    void shouldEndInADeadEnd() {
        List<DefaultRoute> routes = List.of(
                route(MAIN, WAN2), new DefaultRoute(false, false, 2, UNREACHABLE, AddressPrefix.any(false), List.of()));
        assertEquals(Way.OTHER, way(routes, LOOK_AT_MAIN, rule(100, 2, SUBNET)));
        RoutingRule prohibited = new RoutingRule(false, false, 50, PROHIBIT, 0, SUBNET, false, false, false);
        assertEquals(Way.OTHER, way(routes, LOOK_AT_MAIN, prohibited));
    }

    @Test
    void shouldPassOverRulesForSpecialPackets() {
        List<DefaultRoute> routes = List.of(route(MAIN, WAN1), route(2, WAN2));
        RoutingRule marked = new RoutingRule(false, false, 100, TO_TABLE, 2, ALL, true, false, false);
        assertEquals(Way.OTHER, way(routes, LOOK_AT_MAIN, marked));
        RoutingRule unmarked = new RoutingRule(false, false, 100, TO_TABLE, 2, ALL, true, true, false);
        assertEquals(Way.OWN, way(routes, LOOK_AT_MAIN, unmarked));
        RoutingRule withoutDefault = new RoutingRule(false, false, 100, TO_TABLE, 2, ALL, false, false, true);
        assertEquals(Way.OTHER, way(routes, LOOK_AT_MAIN, withoutDefault));
    }

    @Test
    void shouldKeepFamiliesApart() {
        DefaultRoute v6 = new DefaultRoute(false, true, MAIN, UNICAST, AddressPrefix.any(true), List.of(WAN2));
        DefaultRoutes routes = new DefaultRoutes(
                List.of(v6, route(5, WAN2)),
                List.of(LOOK_AT_MAIN, rule(7, 5, prefix("2001:db8::", 32)), rule(8, MAIN, prefix("fd00::", 8))));
        assertEquals(Way.NONE, routes.from(ADDRESS, WAN2));
        assertEquals(Way.OWN, routes.from(IpAddress.parse("fd00::1"), WAN2));
        assertEquals(Way.NONE, routes.from(IpAddress.parse("2001:db8::1"), WAN2));
    }

    @Test
    void shouldTakeARouteOnlyForItsSourceAddresses() {
        AddressPrefix ours = prefix("2001:db8:1::", 48);
        DefaultRoute route = new DefaultRoute(false, true, MAIN, UNICAST, ours, List.of(WAN2));
        DefaultRoutes routes = new DefaultRoutes(List.of(route), List.of());
        assertEquals(Way.OWN, routes.from(IpAddress.parse("2001:db8:1::1"), WAN2));
        assertEquals(Way.OTHER, routes.from(IpAddress.parse("2001:db8:1::1"), WAN1));
        assertEquals(Way.NONE, routes.from(IpAddress.parse("2001:db8:2::1"), WAN2));
    }
}
