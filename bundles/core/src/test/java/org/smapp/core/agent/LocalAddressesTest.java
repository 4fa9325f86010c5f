package org.smapp.core.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.smapp.api.IpAddress;
import org.smapp.api.LocalAddress;
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
