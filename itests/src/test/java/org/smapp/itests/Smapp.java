package org.smapp.itests;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.smapp.launcher.AssembledPlatform;
import org.smapp.testkit.lab.Deadline;
import org.smapp.testkit.lab.LabException;

/** {@code smapp} of the assembled distribution as a process of its own, with what it has printed. */
final class Smapp implements AutoCloseable {

    private static final Duration START_LIMIT = Duration.ofSeconds(30);
    private static final Duration STOP_LIMIT = Duration.ofSeconds(20);
    private static final Path PROGRAM = AssembledPlatform.HOME.resolve("bin/smapp");

    private final Process process;
    private final Path output;
    private final Path errors;

    private Smapp(Process process, Path output, Path errors) {
        this.process = process;
        this.output = output;
        this.errors = errors;
    }

    /** Starts {@code smapp} with these arguments; {@code folder} takes the files of its output. */
    static Smapp start(Path folder, String... arguments) {
        return startAs(folder, List.of(), PROGRAM, arguments);
    }

    /** Starts a {@code smapp} through another program, such as one that takes rights away. */
    static Smapp startAs(Path folder, List<String> through, Path program, String... arguments) {
        try {
            List<String> command = new ArrayList<>(through);
            command.add(program.toString());
            command.addAll(List.of(arguments));
            Path output = Files.createTempFile(folder, "out", ".txt");
            Path errors = Files.createTempFile(folder, "err", ".txt");
            Process process = new ProcessBuilder(command)
                    .directory(Path.of("/").toFile())
                    .redirectInput(Path.of("/dev/null").toFile())
                    .redirectOutput(output.toFile())
                    .redirectError(errors.toFile())
                    .start();
            return new Smapp(process, output, errors);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Waits for the line that says that it is up, and returns it. */
    String awaitReady() {
        Deadline.waitFor("SMAPP ready", START_LIMIT, () -> {
            if (!process.isAlive()) {
                throw new LabException("smapp has ended: " + errors());
            }
            return readyLine() != null;
        });
        return readyLine();
    }

    private String readyLine() {
        // A line is whole only with its end.
        return output().lines()
                .filter(line -> line.startsWith("SMAPP ready") && output().contains(line + "\n"))
                .findFirst()
                .orElse(null);
    }

    /** Asks for an orderly stop (SIGTERM). */
    Smapp terminate() {
        process.destroy();
        return this;
    }

    /** Ends it at once (SIGKILL). */
    void kill() {
        process.destroyForcibly();
        exitStatus();
    }

    /** Waits for the end. */
    int exitStatus() {
        try {
            if (!process.waitFor(STOP_LIMIT.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new LabException("smapp still runs: " + errors());
            }
            return process.exitValue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LabException("Interrupted", e);
        }
    }

    String output() {
        return read(output);
    }

    String errors() {
        return read(errors);
    }

    private static String read(Path file) {
        try {
            return Files.readString(file, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
