package org.smapp.launcher;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
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
    private static final FileTime LONG_AGO = FileTime.fromMillis(0);

    @TempDir
    private Path data;

    @Test
    void shouldFollowTheFiles() throws IOException, StartException, InterruptedException {
        Path folder = Files.createDirectories(data.resolve("etc"));
        writeRule(folder.resolve("org.smapp.rule-first.cfg"));
        try (RunningPlatform platform = start()) {
            platform.await("first rule", () -> rules(platform) == 1);

            Path second = folder.resolve("org.smapp.rule-second.cfg");
            writeRule(second);
            Files.setLastModifiedTime(second, LONG_AGO);
            platform.await("second rule", () -> rules(platform) == 2);
            // File Install writes the file once more after the rule is there; deleted before that, it would come back
            platform.await(
                    "second rule's file written back",
                    () -> lastModified(second).compareTo(LONG_AGO) > 0);

            Files.delete(second);
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

    private static FileTime lastModified(Path file) {
        try {
            return Files.getLastModifiedTime(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void writeRule(Path file) throws IOException {
        Files.writeString(file, "controller = fullmesh\n");
    }
}
