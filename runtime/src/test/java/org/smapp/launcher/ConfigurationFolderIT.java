package org.smapp.launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.InvalidSyntaxException;

/** A file in the configuration folder is a configuration; a rule shows it, since it is a service only while it is configured. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
final class ConfigurationFolderIT {

    private static final String RULE = "org.smapp.core.RuleComponent";
    private static final String CORE = "org.smapp.core";
    private static final String GRACE = "controllerGraceMs";

    @TempDir
    private Path data;

    private Path folder;
    private Path coreFile;

    @BeforeEach
    void makeFolder() throws IOException {
        folder = Files.createDirectories(data.resolve("etc"));
        coreFile = folder.resolve("org.smapp.core.cfg");
    }

    @Test
    void shouldFollowTheFiles() throws IOException, StartException, InterruptedException {
        writeRule("first");
        try (RunningPlatform platform = start()) {
            assertEquals(1, rules(platform), "read before core starts");
            writeRule("second");
            platform.await("second rule", () -> rules(platform) == 2);

            Files.delete(folder.resolve("org.smapp.rule-second.cfg"));
            platform.await("second rule gone", () -> rules(platform) == 1);
        }
    }

    @Test
    void shouldForgetAFileThatWentWhileItWasDown() throws IOException, StartException {
        writeRule("first");
        writeRule("second");
        try (RunningPlatform platform = start()) {
            assertEquals(2, rules(platform));
        }
        Files.delete(folder.resolve("org.smapp.rule-second.cfg"));

        try (RunningPlatform platform = start()) {
            assertEquals(1, rules(platform));
        }
    }

    @Test
    void shouldChangeNothingByAWrongFile() throws IOException, StartException, InterruptedException {
        Files.writeString(coreFile, GRACE + " = 2000\n");
        try (RunningPlatform platform = start()) {
            ConfigurationAdminCalls admin = new ConfigurationAdminCalls(platform.context());
            assertEquals(2000L, admin.value(CORE, GRACE));

            Files.writeString(coreFile, GRACE + " = 3000\nstuckCallMs = soon\ngiveBak = true\n");

            String sentence =
                    "org.smapp.core.cfg stays as it was: stuckCallMs: 'soon' is not a whole number from 10 to 600000;"
                            + " giveBak: there is no such key; did you mean giveBack?";
            platform.await("problem", () -> admin.problems().equals(List.of(sentence)));
            assertEquals(2000L, admin.value(CORE, GRACE));
        }
        try (RunningPlatform platform = start()) {
            ConfigurationAdminCalls admin = new ConfigurationAdminCalls(platform.context());
            assertEquals(2000L, admin.value(CORE, GRACE), "what was right before the start");

            Files.writeString(coreFile, GRACE + " = 3000\n");
            platform.await("mended", () -> Long.valueOf(3000).equals(admin.value(CORE, GRACE)));
            assertEquals(List.of(), admin.problems());
        }
    }

    @Test
    void shouldNameWhatHasNoEffect() throws IOException, StartException, InterruptedException {
        Files.writeString(folder.resolve("org.smapp.cor.cfg"), GRACE + " = 3000\n");
        Files.writeString(folder.resolve("org.smapp.core.conf"), GRACE + " = 3000\n");
        Files.writeString(folder.resolve("org.smapp.rule.cfg"), "controller = fullmesh\n");
        Files.writeString(folder.resolve("org.smapp.rule-a.cfg"), "controller = fullmeshh\n");
        for (String left : List.of("cfg~", "cfg.swp", "cfg.dpkg-old", "cfg.rej", "cfg.bak")) {
            Files.writeString(folder.resolve("org.smapp.rule-b." + left), "controller = fullmesh\n");
        }
        try (RunningPlatform platform = start()) {
            ConfigurationAdminCalls admin = new ConfigurationAdminCalls(platform.context());
            List<String> expected = List.of(
                    "org.smapp.cor.cfg has no effect: nothing that is installed has a configuration org.smapp.cor; did you"
                            + " mean org.smapp.core?",
                    "org.smapp.core.conf is not read: the name of a configuration file ends in .cfg",
                    "org.smapp.rule.cfg is not in force: there can be several of org.smapp.rule: name the file"
                            + " org.smapp.rule-NAME.cfg",
                    "org.smapp.rule-a.cfg names a controller that is not there, fullmeshh");
            platform.await("problems", () -> admin.problems().equals(expected));
            assertEquals(1, rules(platform));
        }
    }

    @Test
    void shouldReadWhatEditorsAndCopiesLeave() throws IOException, StartException, InterruptedException {
        try (RunningPlatform platform = start()) {
            write("mark", "\uFEFFcontroller = fullmesh\nranking = 3\n", StandardCharsets.UTF_8);
            write("windows", "controller = fullmesh\r\nranking = 3 \t\r\n", StandardCharsets.UTF_8);
            write("latin", "# f\u00fcr alle\ncontroller = fullmesh", StandardCharsets.ISO_8859_1);
            write("b\u00fcro", "controller = fullmesh\n", StandardCharsets.UTF_8);
            platform.await("four rules", () -> rules(platform) == 4);
            assertEquals(List.of(), new ConfigurationAdminCalls(platform.context()).problems());
        }
    }

    @Test
    void shouldKeepARuleThatIsThereTwiceUntilBothAreGone() throws IOException, StartException, InterruptedException {
        writeRule("twice");
        Files.writeString(folder.resolve("org.smapp.rule-twice.config"), "controller=\"backup\"\n");
        try (RunningPlatform platform = start()) {
            ConfigurationAdminCalls admin = new ConfigurationAdminCalls(platform.context());
            assertEquals(1, rules(platform));
            assertTrue(
                    admin.problems().toString().contains("is the same configuration"),
                    admin.problems().toString());
            assertEquals("fullmesh", admin.value("org.smapp.rule~twice", "controller"));

            Files.delete(folder.resolve("org.smapp.rule-twice.cfg"));
            platform.await("the other", () -> "backup".equals(admin.value("org.smapp.rule~twice", "controller")));
            Files.delete(folder.resolve("org.smapp.rule-twice.config"));
            platform.await("no rule", () -> rules(platform) == 0);
        }
    }

    @Test
    void shouldWriteWhatIsChangedElsewhereIntoTheFile() throws IOException, StartException, InterruptedException {
        Files.writeString(coreFile, "# Ours.\n" + GRACE + " = 2000\n#giveBack = true\n");
        try (RunningPlatform platform = start()) {
            ConfigurationAdminCalls admin = new ConfigurationAdminCalls(platform.context());
            admin.update(CORE, Map.of(GRACE, 4000L, "giveBack", false));
            assertEquals("# Ours.\n" + GRACE + " = 4000\ngiveBack = false\n", Files.readString(coreFile));

            admin.update("org.smapp.rule~new", Map.of("controller", "fullmesh", "remotePorts", new String[] {"443"}));
            Path rule = folder.resolve("org.smapp.rule-new.cfg");
            assertTrue(Files.readString(rule).contains("remotePorts = [ \"443\" ]\n"), Files.readString(rule));
            admin.delete("org.smapp.rule~new");
            assertFalse(Files.exists(rule));
        }
    }

    @Test
    void shouldUndoAWrongChangeFromElsewhere() throws IOException, StartException {
        Files.writeString(coreFile, GRACE + " = 2000\n");
        try (RunningPlatform platform = start()) {
            ConfigurationAdminCalls admin = new ConfigurationAdminCalls(platform.context());
            admin.update(CORE, Map.of(GRACE, 4000L, "stuckCallMs", 0L));

            assertEquals(2000L, admin.value(CORE, GRACE));
            assertEquals(GRACE + " = 2000\n", Files.readString(coreFile));
            assertTrue(
                    admin.problems().toString().contains("stuckCallMs: '0'"),
                    admin.problems().toString());
        }
    }

    @Test
    void shouldTakeTheFileWhereBothChangedAtOnce() throws IOException, StartException, InterruptedException {
        Files.writeString(coreFile, GRACE + " = 2000\n");
        try (RunningPlatform platform = start()) {
            ConfigurationAdminCalls admin = new ConfigurationAdminCalls(platform.context());
            for (int i = 0; i < 20; i++) {
                long value = 3000 + i;
                Files.writeString(coreFile, GRACE + " = " + value + "\n");
                admin.update(CORE, Map.of("giveBack", false, GRACE, 9000L));
                platform.await("the file's", () -> Long.valueOf(value).equals(admin.value(CORE, GRACE)));
                assertEquals(GRACE + " = " + value + "\n", Files.readString(coreFile));
            }
        }
    }

    private RunningPlatform start() throws IOException, StartException {
        return RunningPlatform.start(data, Set.of("base", "smapp"));
    }

    private static int rules(RunningPlatform platform) {
        try {
            var references = platform.context().getAllServiceReferences(RULE, null);
            return references == null ? 0 : references.length;
        } catch (InvalidSyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    private void writeRule(String name) throws IOException {
        write(name, "controller = fullmesh\n", StandardCharsets.UTF_8);
    }

    private void write(String name, String text, Charset charset) {
        try {
            Files.writeString(folder.resolve("org.smapp.rule-" + name + ".cfg"), text, charset);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
