package org.smapp.launcher;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Hashtable;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.BundleException;
import org.smapp.api.StartFailure;

/** The launcher knows the platform's services by name; these are the names. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
final class StartWatchIT {

    private static final Duration SHORT = Duration.ofMillis(50);
    private static final Duration LONG = Duration.ofSeconds(20);

    @TempDir
    private Path data;

    private RunningPlatform platform;
    private StartWatch watch;

    @BeforeEach
    void start() throws IOException, StartException {
        platform = RunningPlatform.start(data, Set.of("base"));
        watch = new StartWatch(platform.context());
    }

    @AfterEach
    void stop() {
        platform.close();
    }

    @Test
    void shouldWaitForTheControlSocket() {
        Hashtable<String, Object> properties = new Hashtable<>();
        properties.put("smapp.control", "/run/control.sock");

        platform.context().registerService(Closeable.class, () -> {}, properties);

        assertDoesNotThrow(() -> watch.await(LONG));
        assertDoesNotThrow(() -> new StartWatch(platform.context()).await(LONG), "registered before the watch");
    }

    @Test
    void shouldPassOnWhyItFailed() {
        Hashtable<String, Object> properties = new Hashtable<>();
        properties.put(StartFailure.REASON, "The kernel has no MPTCP; boot one that has.");

        platform.context().registerService(StartFailure.class, new StartFailure() {}, properties);

        StartException e = assertThrows(StartException.class, () -> watch.await(LONG));
        assertEquals("The kernel has no MPTCP; boot one that has.", e.getMessage());
    }

    @Test
    void shouldNameTheBundleThatMissesAPackage() throws IOException, BundleException {
        Path jar = data.resolve("lonely.jar"); // not in the deploy folder, where it would hold nothing up
        TestBundle.put(jar, "lonely", "1.0.0", "org.nowhere.to.be.found");
        platform.context().installBundle(jar.toUri().toString());

        StartException e = assertThrows(StartException.class, () -> watch.await(SHORT));

        assertTrue(e.getMessage().contains("Bundle lonely 1.0.0 is not active"), e.getMessage());
        assertTrue(e.getMessage().contains("org.nowhere.to.be.found"), e.getMessage());
    }
}
