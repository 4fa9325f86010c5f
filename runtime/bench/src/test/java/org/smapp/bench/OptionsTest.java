package org.smapp.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

class OptionsTest {

    private final CommandLine commandLine =
            Reaction.commandLine(new Reaction(new PathManager.Place(Path.of("home"), Path.of("programs"))));
    private final Options options = (Options) commandLine.getMixins().get("options");

    @Test
    void shouldDivideTheConnectionsOverTheRounds() {
        commandLine.parseArgs("--connections", "11", "--rounds", "3");
        assertEquals(
                List.of(4, 4, 3),
                List.of(options.connectionsIn(0), options.connectionsIn(1), options.connectionsIn(2)));
    }

    @Test
    void shouldAddPathManagersToTheUsualOnes() {
        commandLine.parseArgs("--with", "mptcpd");
        assertEquals("[kernel, c, smapp, mptcpd]", options.pathManagers().toString());
    }

    @Test
    void shouldTakeOnlyThoseNamed() {
        commandLine.parseArgs("--only", "c,kernel");
        assertEquals(List.of(PathManager.C, PathManager.KERNEL), options.pathManagers());
    }

    @Test
    void shouldKnowHelp() {
        assertTrue(commandLine.parseArgs("--help").isUsageHelpRequested());
        assertTrue(commandLine.getUsageMessage().contains("(default: kernel,c,smapp)"), commandLine.getUsageMessage());
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
        ParameterException e = assertThrows(ParameterException.class, () -> {
            commandLine.parseArgs(line.split(" "));
            options.check();
        });
        assertTrue(e.getMessage().contains(" "), e.getMessage());
    }
}
