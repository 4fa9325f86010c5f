package org.smapp.launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Each feature file starts with what it stands on, the base, and leaves no bundle behind. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
final class FeatureBootIT {

    @TempDir
    private Path data;

    @ParameterizedTest
    @ValueSource(strings = {"base", "shell", "console", "smapp"})
    void shouldStartAllBundles(String feature) throws IOException, StartException {
        Set<String> features = Set.copyOf(List.of("base", feature.equals("base") ? "none" : feature));
        try (RunningPlatform platform = RunningPlatform.start(data, features)) {
            assertEquals(List.of(), platform.down());
            int expected = Composition.read(platform.settings().features(), features::contains)
                    .bundles()
                    .size();
            assertEquals(expected + 1, platform.context().getBundles().length, "bundles, with the framework itself");
        }
    }

    @Test
    void shouldHearFromCoreWhatKeepsItFromStarting() throws IOException, StartException {
        try (RunningPlatform platform = RunningPlatform.start(data, Set.of("base", "smapp"))) {
            StartWatch watch = new StartWatch(platform.context());

            StartException e = assertThrows(StartException.class, () -> watch.await(Duration.ofSeconds(20)));

            assertTrue(e.getMessage().contains(RunningPlatform.NO_NAMESPACE.toString()), e.getMessage());
        }
    }

    @Test
    void shouldStartAgainFromTheSameFolder() throws IOException, StartException {
        long id;
        try (RunningPlatform platform = RunningPlatform.start(data, Set.of("base", "shell", "smapp"))) {
            id = platform.bundle("org.smapp.api").orElseThrow().getBundleId();
            assertTrue(platform.bundle("org.apache.felix.gogo.runtime").isPresent());
        }
        try (RunningPlatform platform = RunningPlatform.start(data, Set.of("base", "smapp"))) {
            assertEquals(List.of(), platform.down());
            assertEquals(id, platform.bundle("org.smapp.api").orElseThrow().getBundleId(), "kept, with its data");
            assertTrue(platform.bundle("org.apache.felix.gogo.runtime").isEmpty(), "gone with its feature");
        }
    }
}
