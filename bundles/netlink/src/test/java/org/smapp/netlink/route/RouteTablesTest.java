package org.smapp.netlink.route;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
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
                AddressMessage v4 = new AddressMessage(false, link.index(), false, 0, 0x0a090001, 24, 0, 0x80);
                assertTrue(addresses.contains(v4), addresses::toString);
                assertTrue(addresses.stream().anyMatch(a -> a.v6() && a.low() == 1 && a.prefixLength() == 64));
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
