package org.smapp.launcher;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.Bundle;
import org.osgi.framework.Version;

/** A jar in the deploy folder is a bundle that runs; nothing else is needed. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
final class DeployFolderIT {

    private static final String NAME = "org.smapp.test.deployed";

    @TempDir
    private Path data;

    @Test
    void shouldInstallUpdateAndRemoveWhileItRuns() throws IOException, StartException, InterruptedException {
        try (RunningPlatform platform = RunningPlatform.start(data, Set.of("base"))) {
            Path jar = platform.settings().deploy().resolve("controller.jar");

            TestBundle.put(jar, NAME, "1.0.0");
            long installedMs = platform.await("active", () -> isActive(platform, "1.0.0"));
            TestBundle.put(jar, NAME, "1.1.0");
            long updatedMs = platform.await("updated", () -> isActive(platform, "1.1.0"));
            Files.delete(jar);
            long removedMs =
                    platform.await("removed", () -> platform.bundle(NAME).isEmpty());

            System.out.printf(
                    "deploy folder: install %d ms, update %d ms, remove %d ms%n", installedMs, updatedMs, removedMs);
        }
    }

    @Test
    void shouldReplaceAVersionByANewFile() throws IOException, StartException, InterruptedException {
        Path deploy = Files.createDirectories(data.resolve("deploy"));
        TestBundle.put(deploy.resolve("controller-1.0.0.jar"), NAME, "1.0.0");
        try (RunningPlatform platform = RunningPlatform.start(data, Set.of("base"))) {
            TestBundle.put(deploy.resolve("controller-1.1.0.jar"), NAME, "1.1.0");
            Files.delete(deploy.resolve("controller-1.0.0.jar"));

            platform.await("replaced", () -> isActive(platform, "1.1.0"));
        }
    }

    @Test
    void shouldHaveStartedWhatWasThereBeforeTheStart() throws IOException, StartException {
        Path deploy = Files.createDirectories(data.resolve("deploy"));
        TestBundle.put(deploy.resolve("controller.jar"), NAME, "1.0.0");

        try (RunningPlatform platform = RunningPlatform.start(data, Set.of("base"))) {
            assertTrue(isActive(platform, "1.0.0"));
        }
        TestBundle.put(deploy.resolve("controller.jar"), NAME, "1.1.0");
        try (RunningPlatform platform = RunningPlatform.start(data, Set.of("base"))) {
            assertTrue(isActive(platform, "1.1.0"));
        }
        Files.delete(deploy.resolve("controller.jar"));
        try (RunningPlatform platform = RunningPlatform.start(data, Set.of("base"))) {
            assertTrue(platform.bundle(NAME).isEmpty());
        }
    }

    private static boolean isActive(RunningPlatform platform, String version) {
        return platform.bundle(NAME)
                .filter(bundle -> bundle.getState() == Bundle.ACTIVE)
                .filter(bundle -> bundle.getVersion().equals(Version.parseVersion(version)))
                .isPresent();
    }
}
