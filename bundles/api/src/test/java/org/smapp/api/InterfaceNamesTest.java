package org.smapp.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class InterfaceNamesTest {

    @ParameterizedTest
    @CsvSource({
        "eth0, eth0, true",
        "eth0, eth01, false",
        "eth*, eth, true",
        "eth*, eth12, true",
        "wan?, wan1, true",
        "wan?, wan12, false",
        "vlan.?, vlan.7, true",
        "vlan.?, vlan17, false",
        "' lte* ', lte0, true"
    })
    void shouldMatchAsAShellDoes(String pattern, String name, boolean expected) {
        assertEquals(expected, new InterfaceNames(List.of("none", pattern)).contains(name));
    }

    @Test
    void shouldPassOverEmptyPatterns() {
        assertTrue(new InterfaceNames(List.of("", " ")).isEmpty());
    }

    @Test
    void shouldSayWhatIsWrongWithAPattern() {
        String sentence = assertThrows(IllegalArgumentException.class, () -> new InterfaceNames(List.of("wan[")))
                .getMessage();
        assertTrue(
                sentence.startsWith("'wan[' is no shell pattern") && sentence.endsWith("write it like eth0 or wan*"));
    }
}
