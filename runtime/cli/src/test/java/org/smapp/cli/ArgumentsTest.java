package org.smapp.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.TypeConversionException;

/** What people type: tokens, addresses, the socket; and what they get to read. */
class ArgumentsTest {

    @ParameterizedTest
    @CsvSource({
        "fbdb7365, 4225463141",
        "FBDB7365, 4225463141",
        "0xfbdb7365, 4225463141",
        "0x10, 16",
        "beef, 48879",
        "9, 9",
        "4225463141, 4225463141",
        "4294967295, 4294967295"
    })
    void shouldReadTokens(String text, long token) {
        assertEquals(List.of(token), TokenArgument.parse(text).readings());
    }

    @Test
    void shouldKeepBothReadingsOfDigits() {
        assertEquals(List.of(16L, 22L), TokenArgument.parse("16").readings());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "0x", "4294967296", "99999999999", "fbdb73650", "0xfbdb73650", "-1", "token", "٣"})
    void shouldRefuseOtherTokens(String text) {
        assertThrows(TypeConversionException.class, () -> TokenArgument.parse(text));
    }

    @ParameterizedTest
    @CsvSource({
        "10.0.1.1, 10.0.1.1, 0",
        "10.0.1.1:80, 10.0.1.1, 80",
        "2001:db8::1, 2001:db8::1, 0",
        "[2001:db8::1], 2001:db8::1, 0",
        "[::1]:65535, ::1, 65535"
    })
    void shouldReadEndpoints(String text, String address, int port) {
        assertEquals(new Endpoint(address, port), Endpoint.parse(text));
    }

    @ParameterizedTest
    @ValueSource(strings = {":80", "10.0.1.1:", "10.0.1.1:0", "10.0.1.1:65536", "10.0.1.1:x", "[::1", "[::1]80", "["})
    void shouldRefuseOtherEndpoints(String text) {
        assertThrows(TypeConversionException.class, () -> Endpoint.parse(text));
    }

    @ParameterizedTest
    @CsvSource({
        "-1, 0s",
        "0, 0s",
        "59, 59s",
        "60, 1m00s",
        "3599, 59m59s",
        "3600, 1h00m",
        "86399, 23h59m",
        "90000, 1d01h"
    })
    void shouldShowAges(long seconds, String age) {
        assertEquals(age, Text.age(seconds));
    }

    @Test
    void shouldTakeTheSocketFromTheEnvironment() {
        assertEquals(Path.of("/x.sock"), ControlPath.standard(Map.of(ControlPath.VARIABLE, "/x.sock")));
    }

    @Test
    void shouldLookWhereTheDaemonKeepsItsData() {
        assertEquals(
                List.of(
                        Path.of("/opt/smapp/var/control.sock"),
                        Path.of("/var/lib/smapp/control.sock"),
                        Path.of("/home/x/.local/state/smapp/control.sock")),
                ControlPath.candidates(Path.of("/opt/smapp"), Map.of("HOME", "/home/x")));
    }
}
