package org.smapp.netlink.route;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.smapp.netlink.MessageReader;
import org.smapp.netlink.MessageWriter;
import org.smapp.netlink.vectors.Vectors;

class RouteDecoderTest {

    private static final long PREFIX = 0xfd00_0009_0000_0000L;

    private final MessageReader message = new MessageReader();

    private RouteChange decode(String name) {
        message.wrap(Vectors.message(name)).next();
        return RouteDecoder.decode(message).orElseThrow();
    }

    @Test
    void linkThatCanBeUsed() {
        LinkMessage link = (LinkMessage) decode("910_route_new_link_usable");

        assertEquals(new LinkMessage(false, 3, "veth1", 0x11043, LinkMessage.STATE_UP, true), link);
        assertTrue(link.isUp());
        assertTrue(link.isUsable());
        assertFalse(link.isLoopback());
    }

    @Test
    void linkWithoutCarrierCannot() {
        LinkMessage link = (LinkMessage) decode("911_route_new_link_without_carrier");

        assertFalse(link.carrier());
        assertTrue(link.isUp());
        assertFalse(link.isUsable());
    }

    @Test
    void linkThatGoes() {
        LinkMessage link = (LinkMessage) decode("918_route_del_link");

        assertTrue(link.removed());
        assertEquals("veth1", link.name());
        assertFalse(link.isUsable());
    }

    @Test
    void interfaceThatOnlyLeavesABridgeStays() {
        message.wrap(Vectors.message("917_route_del_link_bridge_port")).next();

        assertEquals(RouteDecoder.DELETE_LINK, message.type());
        assertEquals(Optional.empty(), RouteDecoder.decode(message));
    }

    @Test
    void addresses() {
        assertEquals(
                new AddressMessage(
                        false, 3, false, 0, 0x0a090102, prefix(0x0a090100, 24), AddressMessage.SCOPE_UNIVERSE, 0x80),
                decode("912_route_new_address_v4"));
        assertEquals(
                new AddressMessage(
                        true, 3, false, 0, 0x0a090102, prefix(0x0a090100, 24), AddressMessage.SCOPE_UNIVERSE, 0x80),
                decode("916_route_del_address_v4"));
        assertEquals(
                new AddressMessage(
                        false,
                        3,
                        true,
                        PREFIX,
                        3,
                        new AddressPrefix(true, PREFIX, 0, 64),
                        AddressMessage.SCOPE_UNIVERSE,
                        0x80),
                decode("915_route_new_address_v6"));
    }

    @Test
    void pointToPointAddressIsOursNotThePeers() {
        AddressMessage address = (AddressMessage) decode("913_route_new_address_v4_peer");

        assertEquals(0x0a090201, address.low());
        assertEquals(32, address.subnet().length());
        assertFalse(address.subnet().contains(0, 0x0a090201));
    }

    @Test
    void tentativeAddressIsNotUsable() {
        assertFalse(((AddressMessage) decode("914_route_new_address_v6_tentative")).isUsable());
        assertTrue(((AddressMessage) decode("915_route_new_address_v6")).isUsable());
        assertFalse(((AddressMessage) decode("916_route_del_address_v4")).isUsable());
    }

    @Test
    void otherAndShortMessagesSayNothing() {
        assertEquals(Optional.empty(), decode(24, 64));
        assertEquals(Optional.empty(), decode(RouteDecoder.NEW_ROUTE, 11));
        assertEquals(Optional.empty(), decode(RouteDecoder.DELETE_RULE, 11));
        assertEquals(Optional.empty(), decode(RouteDecoder.NEW_LINK, 15));
        assertEquals(Optional.empty(), decode(RouteDecoder.NEW_ADDRESS, 7));
        assertEquals(Optional.empty(), decode(RouteDecoder.NEW_ADDRESS, 0));
    }

    @Test
    void defaultRoutes() {
        int unreachable = 7;
        DefaultRoute v4 = new DefaultRoute(
                false, false, DefaultRoute.MAIN_TABLE, DefaultRoute.UNICAST, AddressPrefix.any(false), List.of(3), 100);
        assertEquals(v4, decode("920_route_new_default_v4"));
        assertEquals(
                new DefaultRoute(false, false, 1000, DefaultRoute.UNICAST, AddressPrefix.any(false), List.of(3, 5), 0),
                decode("921_route_new_default_multipath"));
        assertEquals(
                new DefaultRoute(false, false, 7, unreachable, AddressPrefix.any(false), List.of(), 0),
                decode("922_route_new_unreachable_default"));
        assertEquals(
                new DefaultRoute(
                        false,
                        true,
                        DefaultRoute.MAIN_TABLE,
                        DefaultRoute.UNICAST,
                        AddressPrefix.any(true),
                        List.of(5),
                        5),
                decode("923_route_new_default_v6"));
        assertEquals(
                new DefaultRoute(
                        true,
                        false,
                        DefaultRoute.MAIN_TABLE,
                        DefaultRoute.UNICAST,
                        AddressPrefix.any(false),
                        List.of(3),
                        100),
                decode("929_route_del_default_v4"));
    }

    @Test
    void defaultRouteForSomeSources() {
        MessageWriter writer = new MessageWriter().begin(RouteDecoder.NEW_ROUTE, 0, 0);
        writer.rawU8(10)
                .rawU8(0)
                .rawU8(32)
                .rawU8(0)
                .rawU8(254)
                .rawZeros(2)
                .rawU8(1)
                .rawU32(0);
        message.wrap(writer.be128(2, PREFIX, 0).u32(4, 9).finish()).next();
        AddressPrefix source = new AddressPrefix(true, PREFIX, 0, 32);
        DefaultRoute route = new DefaultRoute(false, true, DefaultRoute.MAIN_TABLE, 1, source, List.of(9), 0);
        assertEquals(Optional.of(route), RouteDecoder.decode(message));
    }

    @Test
    void otherRoutesSayNothing() {
        message.wrap(Vectors.message("924_route_new_route_v4")).next();
        assertEquals(Optional.empty(), RouteDecoder.decode(message));
    }

    @Test
    void rules() {
        AddressPrefix subnet = new AddressPrefix(false, 0, 0x0a090200, 24);
        AddressPrefix all = new AddressPrefix(false, 0, 0, 0);
        AddressPrefix v6 = new AddressPrefix(true, PREFIX, 0, 32);
        RoutingRule from = new RoutingRule(false, false, 100, 1, 1000, subnet, "", false, false, false, false);
        assertEquals(from, decode("925_rule_new_from_v4"));
        RoutingRule unmarked = new RoutingRule(false, false, 101, 1, 7, all, "", false, true, true, false);
        assertEquals(unmarked, decode("926_rule_new_fwmark_not"));
        assertTrue(unmarked.isFor(0, 1, "", false));
        RoutingRule suppressing = new RoutingRule(false, true, 103, 1, 254, v6, "", false, false, false, true);
        assertEquals(suppressing, decode("927_rule_new_v6_suppress"));
        assertFalse(suppressing.leadsToDefaultRoute());
        assertTrue(decode("928_rule_del_from_v4").removed());
    }

    @Test
    void prefixesOfBothFamilies() {
        AddressPrefix v4 = new AddressPrefix(false, 0, 0x0a090200, 24);
        assertTrue(v4.contains(0, 0x0a0902ff));
        assertFalse(v4.contains(0, 0x0a090300));
        AddressPrefix v6 = new AddressPrefix(true, PREFIX, 1L << 63, 65);
        assertTrue(v6.contains(PREFIX, -1));
        assertFalse(v6.contains(PREFIX, 1));
        assertFalse(v6.contains(PREFIX + 1, -1));
        assertTrue(new AddressPrefix(true, 0, 0, 0).contains(-1, -1));
    }

    private static AddressPrefix prefix(long bits, int length) {
        return new AddressPrefix(false, 0, bits, length);
    }

    private Optional<RouteChange> decode(int type, int bytes) {
        message.wrap(new MessageWriter().begin(type, 0, 0).rawZeros(bytes).finish())
                .next();
        return RouteDecoder.decode(message);
    }
}
