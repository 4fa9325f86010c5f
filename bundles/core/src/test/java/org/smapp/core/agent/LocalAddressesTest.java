package org.smapp.core.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.smapp.api.IpAddress;
import org.smapp.api.LocalAddress;
import org.smapp.api.RemoteAddress;
import org.smapp.api.TransportAddress;
import org.smapp.api.event.Event;
import org.smapp.api.event.LocalAddressAdded;
import org.smapp.api.event.LocalAddressRemoved;
import org.smapp.netlink.route.AddressMessage;
import org.smapp.netlink.route.AddressPrefix;
import org.smapp.netlink.route.DefaultRoute;
import org.smapp.netlink.route.LinkMessage;

final class LocalAddressesTest {

    private static final int UP = 0x1;
    private static final int LOOPBACK = 0x8;
    private static final int DADFAILED = 0x08;
    private static final int DEPRECATED = 0x20;
    private static final int TENTATIVE = 0x40;
    private static final LinkMessage LO = new LinkMessage(false, 1, "lo", UP | LOOPBACK, 0, true);
    private static final LinkMessage WAN1 = link(2, "wan1", UP, LinkMessage.STATE_UP, true);
    private static final LinkMessage WAN2 = link(3, "wan2", UP, LinkMessage.STATE_UP, true);

    private static LinkMessage link(int index, String name, int flags, int state, boolean carrier) {
        return new LinkMessage(false, index, name, flags, state, carrier);
    }

    private static AddressMessage address(int link, String text, int scope, int flags) {
        IpAddress address = IpAddress.parse(text);
        int length = address.v6() ? 64 : 24;
        return new AddressMessage(
                false, link, address.v6(), address.high(), address.low(), subnet(address, length), scope, flags);
    }

    private static AddressPrefix subnet(IpAddress address, int length) {
        return new AddressPrefix(address.v6(), address.high(), address.low(), length).first();
    }

    private static AddressMessage address(int link, String text) {
        return address(link, text, AddressMessage.SCOPE_UNIVERSE, 0);
    }

    private static LocalAddresses addresses(AddressFilter filter) {
        LocalAddresses addresses = new LocalAddresses(filter);
        addresses.replaceAll(
                List.of(LO, WAN1, WAN2),
                List.of(
                        address(1, "127.0.0.1", AddressMessage.SCOPE_HOST, 0),
                        address(2, "192.0.2.1"),
                        address(2, "fe80::1", AddressMessage.SCOPE_LINK, 0),
                        address(3, "fe80::1", AddressMessage.SCOPE_LINK, 0),
                        address(3, "169.254.7.7"),
                        address(3, "2001:db8::1")),
                DefaultRoutes.EMPTY,
                "found at start");
        return addresses;
    }

    private static List<String> usable(LocalAddresses addresses) {
        return addresses.usable().stream().map(LocalAddress::toString).toList();
    }

    private static AddressFilter filter(List<String> included, List<String> excluded) {
        return new AddressFilter(included, excluded, false, false, false);
    }

    @Test
    void shouldLeaveOutWhatStaysOnHostOrLinkUnlessAskedTo() {
        assertEquals(
                List.of("192.0.2.1/24 on wan1", "2001:db8::1/64 on wan2"), usable(addresses(AddressFilter.DEFAULT)));
        assertEquals(
                List.of("127.0.0.1/24 on lo", "192.0.2.1/24 on wan1", "2001:db8::1/64 on wan2"),
                usable(addresses(new AddressFilter(List.of(), List.of(), true, false, false))));
        assertEquals(
                List.of(
                        "192.0.2.1/24 on wan1",
                        "fe80::1/64 on wan1",
                        "169.254.7.7/24 on wan2",
                        "2001:db8::1/64 on wan2",
                        "fe80::1/64 on wan2"),
                usable(addresses(new AddressFilter(List.of(), List.of(), false, true, false))));
    }

    @Test
    void shouldFilterInterfacesByPattern() {
        assertEquals(List.of("192.0.2.1/24 on wan1"), usable(addresses(filter(List.of("*1", "eth*"), List.of()))));
        assertEquals(List.of("2001:db8::1/64 on wan2"), usable(addresses(filter(List.of(), List.of("wan1", " ")))));
        assertEquals(List.of(), usable(addresses(filter(List.of("wan?"), List.of("wan*")))));
    }

    @Test
    void shouldNotUseALinkThatIsNotOperational() {
        assertGoesBecause("interface wan1 is down", link(2, "wan1", 0, LinkMessage.STATE_DOWN, false));
        assertGoesBecause("interface wan1 has no carrier", link(2, "wan1", UP, LinkMessage.STATE_UP, false));
        assertGoesBecause("interface wan1 is not operational", link(2, "wan1", UP, 5, true)); // dormant: not yet let in
        assertGoesBecause("interface wan1 is gone", new LinkMessage(true, 2, "wan1", UP, LinkMessage.STATE_UP, true));
    }

    private static void assertGoesBecause(String reason, LinkMessage link) {
        LocalAddresses addresses = addresses(AddressFilter.DEFAULT);
        List<Event> events = addresses.apply(link);
        assertEquals(1, events.size());
        assertEquals(
                reason,
                assertInstanceOf(LocalAddressRemoved.class, events.get(0)).reason());
        assertEquals(List.of("2001:db8::1/64 on wan2"), usable(addresses));
    }

    @Test
    void shouldNotUseAnIpv6AddressThatIsNotReady() {
        for (int flag : new int[] {DADFAILED, DEPRECATED, TENTATIVE}) {
            LocalAddresses addresses = addresses(AddressFilter.DEFAULT);
            addresses.apply(address(3, "2001:db8::1", AddressMessage.SCOPE_UNIVERSE, flag));
            assertEquals(List.of("192.0.2.1/24 on wan1"), usable(addresses));
            List<Event> events = addresses.apply(address(3, "2001:db8::1"));
            assertInstanceOf(LocalAddressAdded.class, events.get(0));
        }
    }

    @Test
    void shouldFollowDefaultRoutes() {
        LocalAddresses addresses = addresses(new AddressFilter(List.of(), List.of(), true, true, true));
        assertEquals(
                List.of("127.0.0.1/24 on lo", "fe80::1/64 on wan1", "169.254.7.7/24 on wan2", "fe80::1/64 on wan2"),
                usable(addresses));

        DefaultRoute byWan1 =
                new DefaultRoute(false, false, DefaultRoute.MAIN_TABLE, 1, AddressPrefix.any(false), List.of(2), 0);
        addresses = addresses(AddressFilter.DEFAULT);
        assertEquals(List.of(), addresses.apply(new DefaultRoutes(List.of(byWan1), List.of())));
        DefaultRoute byWan2 =
                new DefaultRoute(false, false, DefaultRoute.MAIN_TABLE, 1, AddressPrefix.any(false), List.of(3), 0);
        LocalAddressRemoved gone = assertInstanceOf(
                LocalAddressRemoved.class,
                addresses.apply(new DefaultRoutes(List.of(byWan2), List.of())).get(0));
        assertEquals("packets from the address find no default route out of interface wan1", gone.reason());
    }

    @Test
    void shouldTakeAnAddressWithAnotherPrefixLengthForTheSame() {
        LocalAddresses addresses = addresses(AddressFilter.DEFAULT);
        AddressMessage wider = subnetOf(2, "192.0.2.1", 20, false);
        assertEquals(List.of(), addresses.apply(wider));
        assertEquals(List.of(), addresses.apply(subnetOf(2, "192.0.2.1", 24, true)));
        assertEquals(List.of("192.0.2.1/20 on wan1", "2001:db8::1/64 on wan2"), usable(addresses));
        assertEquals(1, addresses.apply(subnetOf(2, "192.0.2.1", 20, true)).size());
        assertEquals(List.of("2001:db8::1/64 on wan2"), usable(addresses));
    }

    private static AddressMessage subnetOf(int link, String text, int length, boolean removed) {
        IpAddress address = IpAddress.parse(text);
        return new AddressMessage(removed, link, false, 0, address.low(), subnet(address, length), 0, 0);
    }

    @Test
    void shouldTakeAnInterfaceWithAnotherNameForTheSame() {
        LocalAddresses addresses = addresses(AddressFilter.DEFAULT);
        assertEquals(List.of(), addresses.apply(link(2, "dsl", UP, LinkMessage.STATE_UP, true)));
        assertTrue(addresses.takeRenamed());
        assertFalse(addresses.takeRenamed());
        assertEquals(List.of("192.0.2.1/24 on dsl", "2001:db8::1/64 on wan2"), usable(addresses));
        assertEquals("dsl", addresses.interfaceOf(IpAddress.parse("192.0.2.1")));
    }

    @Test
    void shouldBindWhereRoutesLeadElsewhereOrTheAddressSaysNothing() {
        LocalAddresses addresses = addresses(new AddressFilter(List.of(), List.of(), false, true, false));
        addresses.apply(new DefaultRoutes(List.of(byMain(3, 100), byMain(2, 200)), List.of()));
        assertEquals(2, addresses.bindingOf(IpAddress.parse("192.0.2.1")));
        assertEquals(0, addresses.bindingOf(IpAddress.parse("2001:db8::1")));
        assertEquals(2, addresses.bindingOf(IpAddress.parse("fe80::1")));
        addresses.apply(new DefaultRoutes(List.of(byMain(2, 100), byMain(3, 200)), List.of()));
        assertEquals(0, addresses.bindingOf(IpAddress.parse("192.0.2.1")));
    }

    private static DefaultRoute byMain(int link, int metric) {
        return new DefaultRoute(
                false, false, DefaultRoute.MAIN_TABLE, 1, AddressPrefix.any(false), List.of(link), metric);
    }

    @Test
    void shouldNameTheRuleThatIsMissing() {
        LocalAddresses addresses = addresses(AddressFilter.DEFAULT);
        DefaultRoute own = new DefaultRoute(false, false, 102, 1, AddressPrefix.any(false), List.of(2), 0);
        addresses.apply(new DefaultRoutes(List.of(own), List.of()));
        assertEquals(
                "packets from the address find no default route; what is missing is"
                        + " `ip rule add from 192.0.2.1 lookup 102`",
                obstacleOf(addresses, "192.0.2.1"));
    }

    private static String obstacleOf(LocalAddresses addresses, String address) {
        return addresses.all().stream()
                .filter(each -> each.address().address().equals(IpAddress.parse(address)))
                .findFirst()
                .orElseThrow()
                .obstacle();
    }

    @Test
    void shouldLeaveWhatIsInsideOutWhileNothingLeadsOutside() {
        LocalAddresses addresses = addresses(AddressFilter.DEFAULT);
        DefaultRoute other = new DefaultRoute(false, false, 102, 1, AddressPrefix.any(false), List.of(9), 0);
        addresses.apply(new DefaultRoutes(List.of(other), List.of()));
        assertEquals(List.of("2001:db8::1/64 on wan2"), usable(addresses));
        addresses.asking((local, destination) -> destination.equals(IpAddress.parse("192.0.2.9")));
        addresses.apply(DefaultRoutes.EMPTY);
        LocalAddress local = addresses.usable().get(0);
        assertEquals(PathObstacle.NO_ROUTE, pair(addresses, local, "203.0.113.1"));
        assertEquals("", pair(addresses, local, "192.0.2.9"));
    }

    private static String pair(LocalAddresses addresses, LocalAddress local, String... remotes) {
        List<RemoteAddress> all = Stream.of(remotes)
                .map(each -> new RemoteAddress(0, new TransportAddress(IpAddress.parse(each), 443)))
                .toList();
        return addresses.obstacle(local, all.get(0), all);
    }

    @Test
    void shouldLeaveOutPairsThatCanNotWork() {
        LocalAddresses addresses = addresses(new AddressFilter(List.of(), List.of(), false, true, false));
        LocalAddress v4 = addresses.usable().get(0);
        LocalAddress linkLocal = addresses.usable().get(4);
        assertEquals(PathObstacle.OWN_ADDRESS, pair(addresses, v4, "169.254.7.7"));
        assertEquals(PathObstacle.OTHER_SCOPE, pair(addresses, v4, "169.254.7.8"));
        assertEquals(PathObstacle.NO_HOST, pair(addresses, v4, "127.0.0.1"));
        assertEquals(PathObstacle.NO_HOST, pair(addresses, v4, "0.0.0.0"));
        assertEquals(PathObstacle.NO_HOST, pair(addresses, v4, "224.0.0.1"));
        assertEquals(PathObstacle.OTHER_SCOPE, pair(addresses, linkLocal, "2001:db8::9"));
        assertEquals("", pair(addresses, linkLocal, "fe80::9"));
        assertEquals("", pair(addresses, v4, "10.0.0.1"));
    }

    @Test
    void shouldUseAUniqueLocalAddressBesideAGlobalOneForItsKindAlone() {
        LocalAddresses addresses = addresses(AddressFilter.DEFAULT);
        assertEquals(List.of(), addresses.apply(address(3, "fd00::1")));
        assertEquals(PathObstacle.SECOND_CHOICE, obstacleOf(addresses, "fd00::1"));
        List<RemoteAddress> unique =
                List.of(new RemoteAddress(0, new TransportAddress(IpAddress.parse("fd00:9::1"), 443)));
        List<LocalAddress> both = addresses.usableTo(unique);
        assertEquals(3, both.size());
        assertEquals(PathObstacle.OTHER_KIND, pair(addresses, both.get(1), "fd00:9::1"));
        assertEquals("", pair(addresses, both.get(2), "fd00:9::1"));
        assertEquals(PathObstacle.OTHER_KIND, pair(addresses, both.get(2), "2001:db8:9::1"));
        addresses.apply(address(2, "fd00::2"));
        LocalAddress alone = addresses.usable().get(1);
        assertEquals("", pair(addresses, alone, "2001:db8:9::1"), "translated on the way, maybe");
        assertEquals(PathObstacle.OTHER_KIND, pair(addresses, alone, "2001:db8:9::1", "fd00:9::1"));
    }

    @Test
    void shouldKnowWhatIsLostForWhoTakesOver() {
        LocalAddresses addresses = addresses(filter(List.of(), List.of("wan2")));
        assertEquals(
                "no interface has the address any more",
                addresses.lost(IpAddress.parse("192.0.2.2")).orElseThrow().reason());
        assertEquals(
                "the configuration leaves out interface wan2",
                addresses.lost(IpAddress.parse("2001:db8::1")).orElseThrow().reason());
        assertEquals(Optional.empty(), addresses.lost(IpAddress.parse("192.0.2.1")));
        assertEquals(Optional.empty(), addresses.lost(IpAddress.parse("127.0.0.1")));
        assertEquals(Optional.empty(), addresses.lost(IpAddress.parse("fe80::1")), "wan1 has it too");
    }

    @Test
    void shouldUseAnAddressOnOneInterfaceOnly() {
        LocalAddresses addresses = addresses(AddressFilter.DEFAULT);
        assertEquals(List.of(), addresses.apply(address(3, "192.0.2.1")));
        assertEquals(List.of("192.0.2.1/24 on wan1", "2001:db8::1/64 on wan2"), usable(addresses));
        assertEquals(
                2,
                addresses
                        .apply(link(2, "wan1", 0, LinkMessage.STATE_DOWN, false))
                        .size());
        assertEquals(List.of("192.0.2.1/24 on wan2", "2001:db8::1/64 on wan2"), usable(addresses));
    }

    @Test
    void shouldSayOfEveryAddressWhyItCanNotBeUsed() {
        LocalAddresses addresses = addresses(AddressFilter.DEFAULT);
        addresses.apply(link(3, "wan2", UP, LinkMessage.STATE_UP, false));
        assertEquals(
                List.of(
                        "127.0.0.1: the address never leaves the host",
                        "192.0.2.1: ",
                        "fe80::1: the address never leaves its link",
                        "169.254.7.7: the address never leaves its link",
                        "2001:db8::1: interface wan2 has no carrier",
                        "fe80::1: the address never leaves its link"),
                addresses.all().stream()
                        .map(each -> each.address().address() + ": " + each.obstacle())
                        .toList());
    }

    @Test
    void shouldKnowTheInterfaceOfEveryAddress() {
        LocalAddresses addresses = addresses(AddressFilter.DEFAULT);
        assertEquals("lo", addresses.interfaceOf(IpAddress.parse("127.0.0.1")));
        assertEquals("wan1", addresses.interfaceOf(IpAddress.parse("192.0.2.1")));
        assertEquals("", addresses.interfaceOf(IpAddress.parse("192.0.2.2")));
    }
}
