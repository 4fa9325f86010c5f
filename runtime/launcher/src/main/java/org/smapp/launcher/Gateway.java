package org.smapp.launcher;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;

/** One run of SMAPP, from the checks to the orderly stop. */
final class Gateway {

    private static final Duration START_DEADLINE = Duration.ofSeconds(20);
    private static final int FAILED = 1;
    private static final long STOP_TIMEOUT_MS = 10_000;

    private final Settings settings;
    private final PrintStream out;

    /** Whether the run came to its end by itself, so that the process's exit status is already decided. */
    private volatile boolean over;

    /** Whether a signal asked for the end. */
    private volatile boolean stopping;

    private volatile boolean ready;

    /** Whether the process ends although nobody asked for it. */
    private volatile boolean failed;

    Gateway(Settings settings, PrintStream out) {
        this.settings = settings;
        this.out = out;
    }

    /** Runs until the framework is stopped; returns the exit status. A signal ends the process from within. */
    int run() throws StartException {
        Preflight.check(settings);
        try (DataFolder data = DataFolder.take(settings.data())) {
            data.holdTemporaryFiles();
            Preflight.checkControl(settings.control());
            Composition composition = Composition.read(settings.features(), this::isWanted);
            Map<String, String> properties = FrameworkProperties.of(settings, composition);
            if (settings.httpPort().isPresent()) {
                properties.putAll(consoleProperties(data.file("console-password")));
            }
            Logging.configure(settings);
            return run(Platform.prepare(settings, composition, properties));
        } catch (InterruptedException e) {
            throw new StartException("Interrupted.", e);
        } catch (IOException e) {
            throw new StartException("The data folder can't be given back: " + e.getMessage() + ".", e);
        } finally {
            over = true;
        }
    }

    private int run(Platform platform) throws StartException, InterruptedException {
        Runtime.getRuntime().addShutdownHook(new Thread(() -> stopOnSignal(platform), "stop"));
        new MemoryWatch(this::giveUp).start();
        StartWatch watch = new StartWatch(platform.context());
        try {
            platform.start();
            endIfStopping();
            List<String> down = Unsatisfied.bundles(platform.context());
            if (!down.isEmpty()) {
                throw new StartException(String.join(" ", down));
            }
            watch.await(START_DEADLINE);
        } catch (StartException | RuntimeException e) {
            endIfStopping();
            platform.stop(STOP_TIMEOUT_MS);
            throw e;
        }
        ready = true;
        out.println(readyLine());
        platform.awaitStop();
        return 0;
    }

    /** After a signal the stop ends the process, and what fails meanwhile fails because of it. */
    private void endIfStopping() throws InterruptedException {
        if (stopping) {
            new CountDownLatch(1).await();
        }
    }

    /** In a shutdown hook the exit status can only be set by halting: a stop that was asked for is a success. */
    private void stopOnSignal(Platform platform) {
        if (over) {
            return;
        }
        stopping = true;
        if (!failed) {
            Optional<String> caller = ExitCaller.sentence(platform.context());
            caller.ifPresent(sentence -> System.err.println("smapp: " + sentence));
            failed = caller.isPresent();
        }
        // The framework stops only once it has started.
        long timeoutMs = ready ? STOP_TIMEOUT_MS : START_DEADLINE.toMillis() + STOP_TIMEOUT_MS;
        boolean stopped = platform.stop(timeoutMs);
        if (!stopped) {
            System.err.println("smapp: Not all bundles stopped within " + timeoutMs / 1000 + " s; giving up.");
        }
        out.flush();
        Runtime.getRuntime().halt(stopped && !failed ? 0 : FAILED);
    }

    private void giveUp() {
        failed = true;
        System.exit(FAILED);
    }

    private boolean isWanted(String feature) {
        return settings.httpPort().isPresent() || !feature.equals("console");
    }

    private Map<String, String> consoleProperties(Path file) throws StartException {
        ConsolePassword password = ConsolePassword.keptIn(file);
        password.fresh()
                .ifPresent(text -> out.println("SMAPP console: log in as " + ConsolePassword.USER + " with password "
                        + text + ". It is shown only this once; remove " + file + " and restart for a new one."));
        return password.frameworkProperties();
    }

    private String readyLine() {
        return "SMAPP ready, version " + Distribution.version() + ", namespace "
                + settings.netns().map(Object::toString).orElse("of this process") + ", control socket "
                + settings.control() + ", console " + settings.consoleUrl().orElse("off");
    }
}
