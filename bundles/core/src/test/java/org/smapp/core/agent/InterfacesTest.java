package org.smapp.core.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.smapp.netlink.route.AddressMessage;
import org.smapp.netlink.route.AddressPrefix;
import org.smapp.netlink.route.LinkMessage;

/** What stays known of interfaces, whether the kernel tells of one or of all. */
final class InterfacesTest {

    private static final AddressMessage ON_WAN1 = address(1, 0xc0000201);
    private static final AddressMessage ON_WAN2 = address(2, 0xc6336401);

    private final Interfaces interfaces = new Interfaces();

    private static LinkMessage link(int index, String name) {
        return new LinkMessage(false, index, name, LinkMessage.IFF_UP, LinkMessage.STATE_UP, true);
    }

    private static AddressMessage address(int link, int low) {
        long bits = Integer.toUnsignedLong(low);
        AddressPrefix subnet = new AddressPrefix(false, 0, bits, 24).first();
        return new AddressMessage(false, link, false, 0, bits, subnet, AddressMessage.SCOPE_UNIVERSE, 0);
    }

    private List<String> shown() {
        List<String> shown = new ArrayList<>();
        interfaces.visit((local, message, link) -> shown.add(local.toString()));
        return shown;
    }

    @BeforeEach
    void replace() {
        interfaces.replaceAll(List.of(link(1, "wan1"), link(2, "wan2")), List.of(ON_WAN1, ON_WAN2));
    }

    @Test
    void shouldForgetWhatIsNotAmongAll() {
        assertEquals(List.of("192.0.2.1/24 on wan1", "198.51.100.1/24 on wan2"), shown());
        interfaces.replaceAll(List.of(link(1, "wan1"), link(2, "wan2")), List.of(ON_WAN2));
        assertEquals(List.of("198.51.100.1/24 on wan2"), shown());
        interfaces.replaceAll(List.of(link(1, "wan1")), List.of(ON_WAN1, ON_WAN2));
        assertEquals(List.of("192.0.2.1/24 on wan1"), shown());
    }

    @Test
    void shouldNoticeAnotherNameOnce() {
        assertFalse(interfaces.takeRenamed(), "new ones have no other name");
        interfaces.note(link(1, "fibre"));
        assertTrue(interfaces.takeRenamed());
        assertFalse(interfaces.takeRenamed());
        interfaces.replaceAll(List.of(link(1, "fibre"), link(2, "lte"), link(3, "wan3")), List.of());
        assertTrue(interfaces.takeRenamed());
        interfaces.replaceAll(List.of(link(1, "fibre"), link(4, "wan4")), List.of());
        assertFalse(interfaces.takeRenamed(), "another interface is no other name");
    }

    @Test
    void shouldForgetTheAddressesOfAnInterfaceThatGoes() {
        interfaces.note(new LinkMessage(true, 1, "wan1", 0, LinkMessage.STATE_DOWN, false));
        interfaces.note(link(1, "wan1"));
        assertEquals(List.of("198.51.100.1/24 on wan2"), shown());
    }
}
