package org.smapp.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class IpAddressTest {

    @ParameterizedTest
    @CsvSource({
        "10.0.2.2, 10.0.2.2",
        "255.255.255.255, 255.255.255.255",
        "DEAD:BEEF:2::2, dead:beef:2::2",
        "0:0:0:0:0:0:0:1, ::1",
        "::, ::",
        "2001:db8:0:0:1:0:0:1, 2001:db8::1:0:0:1",
        "2001:db8:0:1:1:1:1:1, 2001:db8:0:1:1:1:1:1",
        "1::, 1::",
        "::ffff:10.0.2.1, ::ffff:10.0.2.1",
        "::ffff:a00:201, ::ffff:10.0.2.1",
        "::10.0.2.1, ::10.0.2.1",
        "::ffff, ::ffff",
        "64:ff9b::192.0.2.33, 64:ff9b::c000:221"
    })
    void shouldPrintAsInetNtopDoes(String given, String expected) {
        assertEquals(expected, IpAddress.parse(given).toString());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "192.0.2.010",
                "1.2.3",
                "1.2.3.4.5",
                "256.1.1.1",
                "1.2.3.0004",
                ":",
                ":::",
                "1:2:3:4:5:6:7",
                "1::2::3",
                "g::"
            })
    void shouldRefuseWhatIsNoAddress(String text) {
        assertThrows(IllegalArgumentException.class, () -> IpAddress.parse(text));
    }

    @Property
    void shouldReadWhatItPrints(@ForAll boolean v6, @ForAll long high, @ForAll long low) {
        IpAddress address = v6 ? IpAddress.v6(high, low) : IpAddress.v4((int) low);
        assertEquals(address, IpAddress.parse(address.toString()));
    }

    @Test
    void shouldKeepMappedAddressesApartFromIpv4() {
        IpAddress mapped = IpAddress.parse("::ffff:10.0.2.1");
        assertTrue(mapped.v6() && mapped.isV4Mapped());
        assertEquals(IpAddress.parse("10.0.2.1"), mapped.unmapped());
        assertEquals(mapped, IpAddress.parse("10.0.2.1").mapped());
        assertFalse(IpAddress.parse("::1").isV4Mapped());
    }

    @Test
    void shouldKnowLoopbackAndLinkLocal() {
        assertTrue(IpAddress.parse("127.9.9.9").isLoopback());
        assertTrue(IpAddress.parse("::1").isLoopback());
        assertTrue(IpAddress.parse("::ffff:127.0.0.1").isLoopback());
        assertTrue(IpAddress.parse("fe80::1").isLinkLocal());
        assertTrue(IpAddress.parse("169.254.3.4").isLinkLocal());
        assertFalse(IpAddress.parse("10.0.0.1").isLinkLocal());
    }
}
