package org.smapp.bench;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Starts programs and sees to it that none outlives the benchmark. Thread-safe. */
final class Children implements AutoCloseable {

    private static final long STOP_LIMIT_S = 10;

    private final Set<Process> alive = ConcurrentHashMap.newKeySet();
    private volatile boolean closing;

    /** A program that is running, with what it has said so far. */
    final class Child implements AutoCloseable {
        private final List<String> command;
        private final Process process;
        private final StringBuffer said = new StringBuffer();

        private Child(List<String> command, Process process) {
            this.command = command;
            this.process = process;
        }

        InputStream output() {
            return process.getInputStream();
        }

        /**
         * Reads lines until one is what was waited for; goes on reading afterwards, so that the program never
         * blocks on a full pipe.
         */
        private void awaitLine(Predicate<String> ready, long limitS) throws IOException, InterruptedException {
            CountDownLatch done = new CountDownLatch(1);
            boolean[] found = {false};
            Thread reader = new Thread(() -> {
                try (BufferedReader lines =
                        new BufferedReader(new InputStreamReader(output(), StandardCharsets.UTF_8))) {
                    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                        said.append(line).append('\n');
                        if (ready.test(line)) {
                            found[0] = true;
                            done.countDown();
                        }
                    }
                } catch (IOException e) {
                    said.append(e).append('\n');
                }
                done.countDown();
            });
            reader.setName("output-of-" + process.pid());
            reader.setDaemon(true);
            reader.start();
            if (!done.await(limitS, TimeUnit.SECONDS) || !found[0]) {
                close();
                throw new IOException(
                        String.join(" ", command) + " was not ready after " + limitS + " s; it said:\n" + said);
            }
        }

        /** Asks the program to end, and makes it end if it does not. */
        @Override
        public void close() {
            List<ProcessHandle> below = process.descendants().toList();
            process.destroy();
            try {
                if (!process.waitFor(STOP_LIMIT_S, TimeUnit.SECONDS)) {
                    process.destroyForcibly();
                }
            } catch (InterruptedException e) {
                process.destroyForcibly();
                Thread.currentThread().interrupt();
            }
            below.forEach(ProcessHandle::destroyForcibly);
            alive.remove(process);
        }
    }

    /** Starts a program of which nothing is expected; its output goes nowhere. */
    Child start(List<String> command) throws IOException {
        return start(
                command, builder(command).redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD));
    }

    /** Starts a program and waits until it prints a line that says that it is ready, to whichever of its outputs. */
    Child startUntil(List<String> command, Predicate<String> ready, long limitS)
            throws IOException, InterruptedException {
        Child child = start(command, builder(command).redirectErrorStream(true));
        child.awaitLine(ready, limitS);
        return child;
    }

    /** Starts a program whose standard output is read by the caller; what it says on standard error the user sees. */
    Child startForData(List<String> command) throws IOException {
        return start(command, builder(command).redirectError(ProcessBuilder.Redirect.INHERIT));
    }

    /** In a session of its own, so that the key that interrupts the benchmark leaves the end of its programs to {@link #close}. */
    private static ProcessBuilder builder(List<String> command) {
        return new ProcessBuilder(
                        Stream.concat(Stream.of("setsid"), command.stream()).toList())
                .redirectInput(new File("/dev/null"));
    }

    private Child start(List<String> command, ProcessBuilder builder) throws IOException {
        if (closing) {
            throw new IOException("The benchmark is ending");
        }
        Process process = builder.start();
        alive.add(process);
        return new Child(command, process);
    }

    /**
     * Runs a program to its end.
     *
     * @return what it printed
     * @throws IOException if its exit status is not 0; with all that it printed
     */
    String run(String... command) throws IOException, InterruptedException {
        Child child = start(List.of(command), builder(List.of(command)).redirectErrorStream(true));
        String output = new String(child.output().readAllBytes(), StandardCharsets.UTF_8);
        int status = child.process.waitFor();
        alive.remove(child.process);
        if (status != 0) {
            throw new IOException(
                    String.join(" ", command) + " failed with exit status " + status + ": " + output.strip());
        }
        return output;
    }

    /** Ends all programs that still run. Nothing can be started afterwards. */
    @Override
    public void close() {
        closing = true;
        for (Process process : Set.copyOf(alive)) {
            new Child(List.of(), process).close();
        }
    }
}
