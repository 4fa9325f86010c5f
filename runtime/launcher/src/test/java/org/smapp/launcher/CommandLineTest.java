package org.smapp.launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

final class CommandLineTest {

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final StringWriter err = new StringWriter();

    @TempDir
    private Path home;

    @BeforeEach
    void installSomewhere() {
        System.setProperty(Distribution.HOME, home.toString());
    }

    @AfterEach
    void forgetWhere() {
        System.clearProperty(Distribution.HOME);
    }

    @Test
    void shouldFillInDefaults() {
        Settings settings = settings();

        assertEquals(home.resolve("etc"), settings.config());
        assertEquals(home.resolve("deploy"), settings.deploy());
        assertEquals(home.resolve("var"), settings.data());
        assertEquals(home.resolve("var/control.sock"), settings.control());
        assertEquals(Optional.empty(), settings.netns());
        assertEquals(OptionalInt.of(8181), settings.httpPort());
        assertEquals(Optional.of("http://127.0.0.1:8181/system/console"), settings.consoleUrl());
    }

    @Test
    void shouldPutTheControlSocketIntoTheDataFolder() {
        assertEquals(Path.of("/data/control.sock"), settings("--data", "/data").control());
    }

    @Test
    void shouldRunWithoutConsole() {
        assertEquals(OptionalInt.empty(), settings("--http", "off").httpPort());
    }

    @Test
    void shouldExplainAnUnknownOption() {
        assertEquals(2, execute("run", "--htp", "9000"));
        assertTrue(err.toString().startsWith("smapp: Unknown option"), err::toString);
        assertTrue(err.toString().contains("--http"), err::toString);
    }

    @Test
    void shouldExplainAPortThatIsNone() {
        assertEquals(2, execute("run", "--http", "70000"));
        assertTrue(err.toString().contains("neither a port from 1 to 65535 nor 'off'"), err::toString);
    }

    @Test
    void shouldExplainWhatKeepsItFromStarting() {
        assertEquals(1, execute("run", "--netns", "/run/netns/no-such-namespace"));
        assertTrue(err.toString().startsWith("smapp: There is no network namespace"), err::toString);
    }

    @Test
    void shouldHelp() {
        assertEquals(0, execute("run", "--help"));
        assertTrue(out.toString(StandardCharsets.UTF_8).contains("--deploy=DIR"), out::toString);
    }

    private int execute(String... arguments) {
        return commandLine().execute(arguments);
    }

    private Settings settings(String... arguments) {
        RunCommand run = new RunCommand(System.out);
        new CommandLine(run).parseArgs(arguments);
        return run.settings();
    }

    private CommandLine commandLine() {
        CommandLine smapp = Main.commandLine(new PrintStream(out, true, StandardCharsets.UTF_8));
        smapp.setErr(new PrintWriter(err, true));
        return smapp;
    }
}
