package org.smapp.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OptionsTest {

    @Test
    void shouldDivideTheConnectionsOverTheRounds() {
        Options options = Options.parse("--connections", "11", "--rounds", "3");
        assertEquals(
                List.of(4, 4, 3),
                List.of(options.connectionsIn(0), options.connectionsIn(1), options.connectionsIn(2)));
    }

    @Test
    void shouldAddPathManagersToTheUsualOnes() {
        assertEquals(
                List.of("kernel", "c", "smapp", "mptcpd"),
                Options.parse("--with", "mptcpd").pathManagers());
    }

    @Test
    void shouldTakeOnlyThoseNamed() {
        assertEquals(List.of("c", "kernel"), Options.parse("--only", "c,kernel").pathManagers());
    }

    @Test
    void shouldKnowHelpAndStress() {
        assertTrue(Options.parse("--help").help());
        assertTrue(Options.parse("--stress").stress());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--unknown",
                "--connections",
                "--connections 0",
                "--connections many",
                "--connections 99999999",
                "--only systemd",
                "--connections 2 --rounds 3"
            })
    void shouldRefuseWithASentence(String line) {
        IllegalArgumentException e = assertThrows(IllegalArgumentException.class, () -> Options.parse(line.split(" ")));
        assertTrue(e.getMessage().contains(" "), e.getMessage());
    }
}
