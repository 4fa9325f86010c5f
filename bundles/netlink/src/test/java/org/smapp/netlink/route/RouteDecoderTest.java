package org.smapp.netlink.route;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

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
                new AddressMessage(false, 3, false, 0, 0x0a090102, 24, AddressMessage.SCOPE_UNIVERSE, 0x80),
                decode("912_route_new_address_v4"));
        assertEquals(
                new AddressMessage(true, 3, false, 0, 0x0a090102, 24, AddressMessage.SCOPE_UNIVERSE, 0x80),
                decode("916_route_del_address_v4"));
        assertEquals(
                new AddressMessage(false, 3, true, PREFIX, 3, 64, AddressMessage.SCOPE_UNIVERSE, 0x80),
                decode("915_route_new_address_v6"));
    }

    @Test
    void pointToPointAddressIsOursNotThePeers() {
        AddressMessage address = (AddressMessage) decode("913_route_new_address_v4_peer");

        assertEquals(0x0a090201, address.low());
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
    void onlyDefaultRoutesSaySomething() {
        MessageWriter writer = new MessageWriter().begin(RouteDecoder.NEW_ROUTE, 0, 0);
        writer.rawU8(2).rawU8(24).rawZeros(10).be32(1, 0x0a090100);
        message.wrap(writer.finish()).next();
        assertEquals(Optional.empty(), RouteDecoder.decode(message));
    }

    @Test
    void prefixesOfBothFamilies() {
        RoutingRule.Prefix v4 = new RoutingRule.Prefix(false, 0, 0x0a090200, 24);
        assertTrue(v4.contains(0, 0x0a0902ff));
        assertFalse(v4.contains(0, 0x0a090300));
        RoutingRule.Prefix v6 = new RoutingRule.Prefix(true, PREFIX, 1L << 63, 65);
        assertTrue(v6.contains(PREFIX, -1));
        assertFalse(v6.contains(PREFIX, 1));
        assertFalse(v6.contains(PREFIX + 1, -1));
        assertTrue(new RoutingRule.Prefix(true, 0, 0, 0).contains(-1, -1));
    }

    private Optional<RouteChange> decode(int type, int bytes) {
        message.wrap(new MessageWriter().begin(type, 0, 0).rawZeros(bytes).finish())
                .next();
        return RouteDecoder.decode(message);
    }
}
