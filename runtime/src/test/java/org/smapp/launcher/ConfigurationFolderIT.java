package org.smapp.launcher;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.InvalidSyntaxException;

/** A file in the configuration folder is a configuration; a rule shows it, since it is a service only while it is configured. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
final class ConfigurationFolderIT {

    private static final String RULE = "org.smapp.core.RuleComponent";

    @TempDir
    private Path data;

    @Test
    void shouldFollowTheFiles() throws IOException, StartException, InterruptedException {
        Path folder = Files.createDirectories(data.resolve("etc"));
        writeRule(folder.resolve("org.smapp.rule-first.cfg"));
        try (RunningPlatform platform = start()) {
            platform.await("first rule", () -> rules(platform) == 1);

            writeRule(folder.resolve("org.smapp.rule-second.cfg"));
            platform.await("second rule", () -> rules(platform) == 2);

            Files.delete(folder.resolve("org.smapp.rule-second.cfg"));
            platform.await("second rule gone", () -> rules(platform) == 1);
        }
    }

    @Test
    void shouldForgetAFileThatWentWhileItWasDown() throws IOException, StartException, InterruptedException {
        Path folder = Files.createDirectories(data.resolve("etc"));
        writeRule(folder.resolve("org.smapp.rule-first.cfg"));
        writeRule(folder.resolve("org.smapp.rule-second.cfg"));
        try (RunningPlatform platform = start()) {
            platform.await("both rules", () -> rules(platform) == 2);
        }
        Files.delete(folder.resolve("org.smapp.rule-second.cfg"));

        try (RunningPlatform platform = start()) {
            platform.await("the rule that is left", () -> rules(platform) == 1);
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

    private static void writeRule(Path file) throws IOException {
        Files.writeString(file, "controller = fullmesh\n");
    }
}
