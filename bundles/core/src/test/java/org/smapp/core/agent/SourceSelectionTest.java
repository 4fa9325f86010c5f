package org.smapp.core.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.smapp.api.IpAddress;

/** Which source addresses fit a destination: one address of each kind that RFC 6724 tells apart. */
final class SourceSelectionTest {

    private static final List<String> KINDS =
            List.of("2001:db8::1", "fe80::1", "2002:c000:201::1", "2001:0:1::1", "fec0::1", "fd00::1");

    @Test
    void shouldFitOnlyAddressesOfTheSameKind() {
        for (String source : KINDS) {
            for (String destination : KINDS) {
                assertEquals(
                        source.equals(destination),
                        SourceSelection.fits(IpAddress.parse(source), IpAddress.parse(destination)),
                        source + " -> " + destination);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "192.0.2.1, true", "10.0.0.1, true", "2001:db8::1, true", "2001:1::1, true", "2003::1, true", "ff00::1, true",
        "fe80::1, false", "2002:1::1, false", "2001::1, false", "fec0::1, false", "feff::1, false", "fc00::1, false",
        "fdff::1, false"
    })
    void shouldTellWhatTheInternetAnswersTo(String address, boolean global) {
        assertEquals(global, SourceSelection.isGlobal(IpAddress.parse(address)));
    }

    @ParameterizedTest
    @CsvSource({
        "0.0.0.0, false",
        "0.1.2.3, false",
        "1.0.0.0, true",
        "192.0.2.1, true",
        "223.255.255.255, true",
        "224.0.0.1, false",
        "255.255.255.255, false",
        "::, false",
        "::1, true",
        "2001:db8::, true",
        "feff::1, true",
        "ff02::1, false"
    })
    void shouldTellWhatCanBeAHosts(String address, boolean host) {
        assertEquals(host, SourceSelection.isHost(IpAddress.parse(address)));
    }
}
