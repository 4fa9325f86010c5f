package org.smapp.console.guard;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class SameSiteTest {

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1:8181", "localhost:9000", "[::1]:8181", "127.0.0.1", "localhost", "[::1]"})
    void shouldAllowItsOwnNames(String host) {
        assertTrue(SameSite.allows(host, null));
        assertTrue(SameSite.allows(host, "http://" + host));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"evil.example", "127.0.0.1.evil.example:8181", "localhost.evil.example", "192.0.2.1:8181", ""})
    void shouldRefuseOtherNames(String host) {
        assertFalse(SameSite.allows(host, null));
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://evil.example", "null", "https://127.0.0.1:8181", "http://127.0.0.1:9000", ""})
    void shouldRefuseOtherSitesPages(String origin) {
        assertFalse(SameSite.allows("127.0.0.1:8181", origin));
    }

    @Test
    void shouldRefuseARequestToNobody() {
        assertFalse(SameSite.allows(null, null));
    }
}
