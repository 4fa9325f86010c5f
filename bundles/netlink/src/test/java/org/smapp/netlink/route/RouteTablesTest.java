package org.smapp.netlink.route;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.smapp.linux.Linux;
import org.smapp.linux.NativeLinux;
import org.smapp.linux.NetlinkSocket;
import org.smapp.linux.NetworkNamespace;
import org.smapp.linux.TapDevice;
import org.smapp.linux.TestNamespace;
import org.smapp.netlink.MessageReader;
import org.smapp.netlink.NetlinkRequester;

/** On the real kernel. */
class RouteTablesTest {

    private final Linux linux = NativeLinux.load();

    /** Needs no privilege. */
    @Test
    void loopbackIsThere() throws Exception {
        try (NetlinkRequester requester =
                NetlinkRequester.open(linux, NetworkNamespace.current(), NetlinkSocket.ROUTE)) {
            List<LinkMessage> links = RouteTables.links(requester);

            assertTrue(links.stream().anyMatch(link -> link.isLoopback() && link.index() == 1));
        }
    }

    @Test
    void tablesAndNotificationsAgree() throws Exception {
        try (TestNamespace namespace = new TestNamespace();
                NetlinkSocket events = linux.openNetlink(namespace.file(), NetlinkSocket.ROUTE);
                NetlinkRequester requester = NetlinkRequester.open(linux, namespace.file(), NetlinkSocket.ROUTE)) {
            events.join(RouteTables.GROUP_LINKS);
            events.join(RouteTables.GROUP_IPV4_ADDRESSES);
            events.join(RouteTables.GROUP_IPV6_ADDRESSES);
            try (TapDevice tap = linux.openTap(namespace.file(), "wan0")) {
                namespace.ip("link", "set", tap.name(), "up");
                namespace.ip("addr", "add", "10.9.0.1/24", "dev", "wan0");
                namespace.ip("addr", "add", "fd00:9::1/64", "dev", "wan0", "nodad");

                LinkMessage link = only(RouteTables.links(requester), "wan0");
                assertTrue(link.isUsable());
                List<AddressMessage> addresses = RouteTables.addresses(requester);
                AddressMessage v4 =
                        new AddressMessage(false, link.index(), false, 0, 0x0a090001, prefix(0x0a090000, 24), 0, 0x80);
                assertTrue(addresses.contains(v4), addresses::toString);
                assertTrue(addresses.stream()
                        .anyMatch(a -> a.v6() && a.low() == 1 && a.subnet().length() == 64));
                assertTrue(changes(events).containsAll(List.of(link, v4)));

                tap.carrier(false);
                LinkMessage cut = only(RouteTables.links(requester), "wan0");
                assertFalse(cut.carrier());
                assertFalse(cut.isUsable(), "the operational state comes later, up to a second");
            }
            assertTrue(
                    changes(events).stream().anyMatch(change -> change instanceof LinkMessage link && link.removed()));
        }
    }

    @Test
    void waysOutAreKnown() throws Exception {
        try (TestNamespace namespace = new TestNamespace();
                NetlinkSocket events = linux.openNetlink(namespace.file(), NetlinkSocket.ROUTE);
                NetlinkRequester requester = NetlinkRequester.open(linux, namespace.file(), NetlinkSocket.ROUTE);
                TapDevice wan1 = linux.openTap(namespace.file(), "wan1");
                TapDevice wan2 = linux.openTap(namespace.file(), "wan2")) {
            events.join(RouteTables.GROUP_IPV4_ROUTES);
            events.join(RouteTables.GROUP_IPV6_ROUTES);
            events.join(RouteTables.GROUP_IPV4_RULES);
            events.join(RouteTables.GROUP_IPV6_RULES);
            for (TapDevice each : List.of(wan1, wan2)) {
                namespace.ip("link", "set", each.name(), "up");
            }
            namespace.ip("addr", "add", "10.9.1.2/24", "dev", "wan1");
            namespace.ip("addr", "add", "10.9.2.2/24", "dev", "wan2");
            int one = only(RouteTables.links(requester), "wan1").index();
            int two = only(RouteTables.links(requester), "wan2").index();

            assertEquals(List.of(), RouteTables.defaultRoutes(requester));
            namespace.ip("route", "add", "default", "via", "10.9.1.1");
            namespace.ip(
                    "route", "add", "default", "table", "1000", "nexthop", "dev", "wan1", "nexthop", "dev", "wan2");
            namespace.ip("route", "add", "unreachable", "default", "table", "7");
            namespace.ip("-6", "route", "add", "default", "dev", "wan2", "metric", "5");
            List<RouteChange> routes = List.of(
                    new DefaultRoute(false, false, 7, 7, AddressPrefix.any(false), List.of(), 0),
                    new DefaultRoute(
                            false,
                            false,
                            DefaultRoute.MAIN_TABLE,
                            DefaultRoute.UNICAST,
                            AddressPrefix.any(false),
                            List.of(one),
                            0),
                    new DefaultRoute(
                            false, false, 1000, DefaultRoute.UNICAST, AddressPrefix.any(false), List.of(one, two), 0),
                    new DefaultRoute(
                            false,
                            true,
                            DefaultRoute.MAIN_TABLE,
                            DefaultRoute.UNICAST,
                            AddressPrefix.any(true),
                            List.of(two),
                            5));
            assertEquals(Set.copyOf(routes), Set.copyOf(RouteTables.defaultRoutes(requester)));
            assertTrue(changes(events).containsAll(routes));

            namespace.ip("rule", "add", "from", "10.9.2.0/24", "priority", "100", "table", "1000");
            namespace.ip("rule", "add", "fwmark", "7", "priority", "101", "table", "7");
            namespace.ip("rule", "add", "not", "from", "10.9.2.2", "priority", "102", "prohibit");
            namespace.ip("-6", "rule", "add", "priority", "103", "table", "main", "suppress_prefixlength", "0");
            List<RoutingRule> rules = List.of(
                    new RoutingRule(false, false, 100, 1, 1000, prefix(0x0a090200, 24), "", false, false, false, false),
                    new RoutingRule(false, false, 101, 1, 7, prefix(0, 0), "", false, true, false, false),
                    new RoutingRule(false, false, 102, 8, 0, prefix(0x0a090202, 32), "", false, false, true, false),
                    new RoutingRule(
                            false, true, 103, 1, 254, new AddressPrefix(true, 0, 0, 0), "", false, false, false, true));
            List<RoutingRule> seen = RouteTables.rules(requester);
            assertTrue(seen.containsAll(rules), seen::toString);
            assertTrue(changes(events).containsAll(rules));
            assertTrue(seen.stream()
                    .anyMatch(each -> each.table() == DefaultRoute.MAIN_TABLE && each.isFor(0, 1, "", false)));
        }
    }

    private static AddressPrefix prefix(long bits, int length) {
        return new AddressPrefix(false, 0, bits, length);
    }

    private static LinkMessage only(List<LinkMessage> links, String name) {
        return links.stream()
                .filter(link -> link.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    /** Everything up to now: the kernel queues a notification before the call that caused it returns. */
    private static List<RouteChange> changes(NetlinkSocket events) throws Exception {
        List<RouteChange> changes = new ArrayList<>();
        ByteBuffer buffer = ByteBuffer.allocateDirect(1 << 16).order(ByteOrder.nativeOrder());
        MessageReader reader = new MessageReader();
        while (events.receive(buffer) > 0) {
            reader.wrap(buffer);
            while (reader.next()) {
                RouteDecoder.decode(reader).ifPresent(changes::add);
            }
        }
        return changes;
    }
}
