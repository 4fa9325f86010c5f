package org.smapp.testkit.lab;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A program that runs, with what it has printed. Its standard input is empty.
 *
 * <p>Thread-safe.
 */
public final class LabProcess implements AutoCloseable {

    private static final Duration GRACE = Duration.ofSeconds(2);

    private final String command;
    private final Process process;
    private final Path output;
    private final Path errors;

    private LabProcess(String command, Process process, Path output, Path errors) {
        this.command = command;
        this.process = process;
        this.output = output;
        this.errors = errors;
    }

    /** Starts a program; {@code directory} takes the files of its output. */
    static LabProcess start(Path directory, List<String> command, Map<String, String> environment) {
        String shown = String.join(" ", command);
        try {
            Path output = Files.createTempFile(directory, "out", ".txt");
            Path errors = Files.createTempFile(directory, "err", ".txt");
            ProcessBuilder builder = new ProcessBuilder(command)
                    .redirectInput(Path.of("/dev/null").toFile())
                    .redirectOutput(output.toFile())
                    .redirectError(errors.toFile());
            builder.environment().put("PATH", ProgramPath.value());
            builder.environment().putAll(environment);
            return new LabProcess(shown, builder.start(), output, errors);
        } catch (IOException e) {
            throw new LabException("Can't start " + shown + ": " + e.getMessage(), e);
        }
    }

    /** Runs a program to its end and returns what it printed; throws {@link LabException} if it fails or takes too long. */
    static String run(Path directory, List<String> command, Duration limit) {
        LabProcess process = start(directory, command, Map.of());
        try {
            int status = process.waitFor(limit);
            if (status != 0) {
                String said = (process.errors() + process.output()).strip();
                throw new LabException(process.command + " failed with status " + status + ": " + said);
            }
            return process.output();
        } finally {
            process.close();
            process.forget();
        }
    }

    /** Returns the process id, which is the program's own: nothing stands between. */
    public long pid() {
        return process.pid();
    }

    public boolean isRunning() {
        return process.isAlive();
    }

    /** Returns what the program has printed on its standard output so far. */
    public String output() {
        return read(output);
    }

    /** Returns what the program has printed on its standard error so far. */
    public String errors() {
        return read(errors);
    }

    /** Waits for the end and returns the exit status; throws {@link LabException} if it doesn't come within {@code limit}. */
    public int waitFor(Duration limit) {
        try {
            if (!process.waitFor(limit.toNanos(), TimeUnit.NANOSECONDS)) {
                throw new LabException("Still running after " + limit.toMillis() + " ms: " + command);
            }
            return process.exitValue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LabException("Interrupted while waiting for " + command, e);
        }
    }

    /** Asks the program to end (SIGTERM). */
    public void terminate() {
        process.destroy();
    }

    /** Ends the program: asks it (SIGTERM), and after two seconds kills it with all that it has started. */
    @Override
    public void close() {
        if (!process.isAlive()) {
            return;
        }
        List<ProcessHandle> children = process.descendants().toList();
        process.destroy();
        try {
            waitFor(GRACE);
        } catch (LabException e) {
            process.destroyForcibly();
        }
        children.forEach(ProcessHandle::destroyForcibly);
    }

    private void forget() {
        try {
            Files.deleteIfExists(output);
            Files.deleteIfExists(errors);
        } catch (IOException e) {
            throw new LabException("Can't remove the output of " + command, e);
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new LabException("Can't read " + file + ": " + e.getMessage(), e);
        }
    }

    @Override
    public String toString() {
        return command + " (pid " + pid() + ")";
    }
}
