package org.smapp.launcher;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;

/** The distribution that was just built, some of its features running in this process with folders of their own. */
final class RunningPlatform implements AutoCloseable {

    private static final Path HOME = Path.of("target/smapp").toAbsolutePath();

    /** Core finds nothing to manage there, so that the machine that runs the test stays as it is. */
    static final Path NO_NAMESPACE = Path.of("/run/netns/smapp-test-without-namespace");

    private static final long STOP_TIMEOUT_MS = 20_000;
    private static final Duration DEADLINE = Duration.ofSeconds(20);
    private static final Duration POLL_INTERVAL = Duration.ofMillis(2);

    private final Settings settings;
    private final String consolePassword;
    private final Platform platform;

    private RunningPlatform(Settings settings, String consolePassword, Platform platform) {
        this.consolePassword = consolePassword;
        this.settings = settings;
        this.platform = platform;
    }

    /** Starts the features, in {@code data} and with the folders {@code etc} and {@code deploy} in it. */
    static RunningPlatform start(Path data, Set<String> features) throws IOException, StartException {
        Path config = Files.createDirectories(data.resolve("etc"));
        Path deploy = Files.createDirectories(data.resolve("deploy"));
        Settings settings = new Settings(
                HOME,
                config,
                deploy,
                data,
                data.resolve("control.sock"),
                Optional.of(NO_NAMESPACE),
                OptionalInt.of(freePort()));
        Composition composition = Composition.read(settings.features(), features::contains);
        ConsolePassword password = ConsolePassword.keptIn(data.resolve("console-password"));
        Map<String, String> properties = FrameworkProperties.of(settings, composition);
        properties.putAll(password.frameworkProperties());
        Logging.configure(settings);
        Platform platform = Platform.prepare(settings, composition, properties);
        platform.start();
        return new RunningPlatform(settings, password.fresh().orElse(""), platform);
    }

    /** Returns the password that was made at the first start; empty at later ones. */
    String consolePassword() {
        return consolePassword;
    }

    Settings settings() {
        return settings;
    }

    BundleContext context() {
        return platform.context();
    }

    List<String> down() {
        return Unsatisfied.bundles(platform.context());
    }

    Optional<Bundle> bundle(String symbolicName) {
        return Arrays.stream(platform.context().getBundles())
                .filter(bundle -> symbolicName.equals(bundle.getSymbolicName()))
                .findFirst();
    }

    /** Returns after how many milliseconds the condition holds. */
    long await(String what, Callable<Boolean> condition) {
        long start = System.nanoTime();
        Awaitility.await(what)
                .atMost(DEADLINE)
                .pollDelay(Duration.ZERO)
                .pollInterval(POLL_INTERVAL)
                .until(condition);
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
    }

    @Override
    public void close() {
        if (!platform.stop(STOP_TIMEOUT_MS)) {
            throw new AssertionError("The platform did not stop");
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            return socket.getLocalPort();
        }
    }
}
