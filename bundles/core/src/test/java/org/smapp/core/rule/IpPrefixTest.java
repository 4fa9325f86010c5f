package org.smapp.core.rule;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.smapp.api.IpAddress;

final class IpPrefixTest {

    @ParameterizedTest
    @CsvSource({
        "192.0.2.0/24, 192.0.2.255, true",
        "192.0.2.0/24, 192.0.3.0, false",
        "192.0.2.7, 192.0.2.7, true",
        "192.0.2.7, 192.0.2.6, false",
        "128.0.0.0/1, 255.0.0.1, true",
        "0.0.0.0/0, 203.0.113.9, true",
        "0.0.0.0/0, 2001:db8::1, false",
        "::/0, 2001:db8::1, true",
        "::/0, 192.0.2.7, false",
        "2001:db8::/32, 2001:db8:ffff::1, true",
        "2001:db8::/32, 2001:db9::1, false",
        "2001:db8::/64, 2001:db8::ffff:0:0:1, true",
        "2001:db8::/65, 2001:db8::8000:0:0:1, false",
        "2001:db8::1, 2001:db8::1, true",
        "2001:db8::1, 2001:db8::2, false"
    })
    void shouldHoldTheAddressesThatBeginLikeIt(String prefix, String address, boolean expected) {
        assertEquals(expected, IpPrefix.parse(prefix).contains(IpAddress.parse(address)));
    }

    @ParameterizedTest
    @CsvSource({
        "192.0.2.1/24, '''192.0.2.1/24'' has bits set after its first 24: write 192.0.2.0/24'",
        "192.0.2.0/33, '''192.0.2.0/33'' has no good length after the slash: write 0 to 32 there'",
        "2001:db8::/129, '''2001:db8::/129'' has no good length after the slash: write 0 to 128 there'",
        "192.0.2.0/, '''192.0.2.0/'' has no good length after the slash: write 0 to 32 there'",
        "example.org, " + "'''example.org'' is no address prefix: write it like 192.0.2.0/24 or 2001:db8::/32'"
    })
    void shouldSayWhatToWriteInstead(String text, String sentence) {
        assertEquals(
                sentence,
                assertThrows(IllegalArgumentException.class, () -> IpPrefix.parse(text))
                        .getMessage());
    }
}
