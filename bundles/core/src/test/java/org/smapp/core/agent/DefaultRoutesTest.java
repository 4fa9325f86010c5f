package org.smapp.core.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.smapp.api.IpAddress;
import org.smapp.core.agent.DefaultRoutes.Way;
import org.smapp.netlink.route.AddressPrefix;
import org.smapp.netlink.route.DefaultRoute;
import org.smapp.netlink.route.LinkMessage;
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
        return new DefaultRoute(false, false, table, UNICAST, AddressPrefix.any(false), List.of(interfaces), 0);
    }

    private static RoutingRule rule(int priority, int table, AddressPrefix source) {
        return new RoutingRule(false, source.v6(), priority, TO_TABLE, table, source, "", false, false, false, false);
    }

    private static Way from(DefaultRoutes routes, IpAddress address, int link) {
        return routes.from(address, new LinkMessage(false, link, "wan" + link, 1, LinkMessage.STATE_UP, true), 0);
    }

    private static Way way(List<DefaultRoute> routes, RoutingRule... rules) {
        return from(new DefaultRoutes(routes, List.of(rules)), ADDRESS, WAN2);
    }

    @Test
    void shouldTakeTheMainTableWithoutRules() {
        assertEquals(Way.NONE, way(List.of()));
        assertEquals(Way.OWN, way(List.of(route(MAIN, WAN2))));
        assertEquals(Way.OTHER, way(List.of(route(MAIN, WAN1))));
        assertEquals(Way.NONE, way(List.of(route(7, WAN2))));
    }

    private static DefaultRoute metric(int metric, DefaultRoute route) {
        return new DefaultRoute(false, route.v6(), route.table(), UNICAST, route.source(), route.interfaces(), metric);
    }

    @Test
    void shouldBindASocketThatWouldTakeAnotherWay() {
        DefaultRoute first = metric(100, route(MAIN, WAN1));
        DefaultRoute second = metric(200, route(MAIN, WAN2));
        assertEquals(Way.BOUND, way(List.of(second, first)), "as two DHCP clients leave it");
        assertEquals(Way.OWN, way(List.of(second, metric(300, route(MAIN, WAN1)))));
        assertEquals(Way.BOUND, way(List.of(second, metric(200, route(MAIN, WAN1)))), "nobody knows which");
        assertEquals(Way.BOUND, way(List.of(route(MAIN, WAN1, WAN2))), "several next hops");
        DefaultRoute deadEnd = new DefaultRoute(false, false, MAIN, UNREACHABLE, first.source(), List.of(), 150);
        assertEquals(Way.OTHER, way(List.of(first, second, deadEnd)), "reached before");
        assertEquals(Way.BOUND, way(List.of(first, second, metric(250, deadEnd))));
    }

    @Test
    void shouldFollowARuleForTheInterface() {
        List<DefaultRoute> routes = List.of(route(MAIN, WAN1), route(2, WAN2));
        RoutingRule bound = new RoutingRule(false, false, 100, TO_TABLE, 2, ALL, "wan2", false, false, false, false);
        assertEquals(Way.BOUND, way(routes, LOOK_AT_MAIN, bound));
        RoutingRule other = new RoutingRule(false, false, 100, TO_TABLE, 2, ALL, "wan1", false, false, false, false);
        assertEquals(Way.OTHER, way(routes, LOOK_AT_MAIN, other));
    }

    @Test
    void shouldFollowTheTableOfAVrf() {
        RoutingRule vrf = new RoutingRule(false, false, 100, TO_TABLE, 0, ALL, "", true, false, false, false);
        DefaultRoutes routes =
                new DefaultRoutes(List.of(route(MAIN, WAN2), route(7, WAN2)), List.of(LOOK_AT_MAIN, vrf));
        LinkMessage member = new LinkMessage(false, WAN2, "wan2", 1, LinkMessage.STATE_UP, true, 9, 0);
        assertEquals(Way.BOUND, routes.from(ADDRESS, member, 7));
        DefaultRoutes without = new DefaultRoutes(List.of(route(MAIN, WAN1)), List.of(LOOK_AT_MAIN, vrf));
        assertEquals(Way.NONE, without.from(ADDRESS, member, 7));
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
                route(MAIN, WAN2),
                new DefaultRoute(false, false, 2, UNREACHABLE, AddressPrefix.any(false), List.of(), 0));
        assertEquals(Way.OTHER, way(routes, LOOK_AT_MAIN, rule(100, 2, SUBNET)));
        RoutingRule prohibited = new RoutingRule(false, false, 50, PROHIBIT, 0, SUBNET, "", false, false, false, false);
        assertEquals(Way.OTHER, way(routes, LOOK_AT_MAIN, prohibited));
    }

    @Test
    void shouldPassOverRulesForSpecialPackets() {
        List<DefaultRoute> routes = List.of(route(MAIN, WAN1), route(2, WAN2));
        RoutingRule marked = new RoutingRule(false, false, 100, TO_TABLE, 2, ALL, "", false, true, false, false);
        assertEquals(Way.OTHER, way(routes, LOOK_AT_MAIN, marked));
        RoutingRule unmarked = new RoutingRule(false, false, 100, TO_TABLE, 2, ALL, "", false, true, true, false);
        assertEquals(Way.OWN, way(routes, LOOK_AT_MAIN, unmarked));
        RoutingRule withoutDefault =
                new RoutingRule(false, false, 100, TO_TABLE, 2, ALL, "", false, false, false, true);
        assertEquals(Way.OTHER, way(routes, LOOK_AT_MAIN, withoutDefault));
    }

    @Test
    void shouldKeepFamiliesApart() {
        DefaultRoute v6 = new DefaultRoute(false, true, MAIN, UNICAST, AddressPrefix.any(true), List.of(WAN2), 0);
        DefaultRoutes routes = new DefaultRoutes(
                List.of(v6, route(5, WAN2)),
                List.of(LOOK_AT_MAIN, rule(7, 5, prefix("2001:db8::", 32)), rule(8, MAIN, prefix("fd00::", 8))));
        assertEquals(Way.NONE, from(routes, ADDRESS, WAN2));
        assertEquals(Way.OWN, from(routes, IpAddress.parse("fd00::1"), WAN2));
        assertEquals(Way.NONE, from(routes, IpAddress.parse("2001:db8::1"), WAN2));
    }

    @Test
    void shouldTakeARouteOnlyForItsSourceAddresses() {
        AddressPrefix ours = prefix("2001:db8:1::", 48);
        DefaultRoute route = new DefaultRoute(false, true, MAIN, UNICAST, ours, List.of(WAN2), 0);
        DefaultRoutes routes = new DefaultRoutes(List.of(route), List.of());
        assertEquals(Way.OWN, from(routes, IpAddress.parse("2001:db8:1::1"), WAN2));
        assertEquals(Way.OTHER, from(routes, IpAddress.parse("2001:db8:1::1"), WAN1));
        assertEquals(Way.NONE, from(routes, IpAddress.parse("2001:db8:2::1"), WAN2));
    }
}
