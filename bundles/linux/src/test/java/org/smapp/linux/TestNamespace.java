package org.smapp.linux;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** A network namespace for one test; gone when it is closed. */
public final class TestNamespace implements AutoCloseable {

    private static final AtomicInteger COUNT = new AtomicInteger();

    private final String name = "netlink-" + ProcessHandle.current().pid() + "-" + COUNT.incrementAndGet();

    /** Makes one, or skips the test where that is not allowed. */
    public TestNamespace() {
        String problem;
        try {
            problem = run(List.of("ip", "netns", "add", name));
        } catch (IOException e) {
            problem = e.getMessage();
        }
        assumeTrue(
                problem.isEmpty() || System.getenv("CI") != null,
                "can't make network namespaces here, run as root with iproute2: " + problem);
    }

    public NetworkNamespace file() {
        return NetworkNamespace.named(name);
    }

    public String name() {
        return name;
    }

    /** Runs {@code ip -n NAME arguments}, which must succeed. */
    public void ip(String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of("ip", "-n", name));
        command.addAll(List.of(arguments));
        String problem = run(command);
        if (!problem.isEmpty()) {
            throw new IOException(command + ": " + problem);
        }
    }

    @Override
    public void close() throws IOException {
        run(List.of("ip", "netns", "del", name));
    }

    /** Returns what went wrong, or nothing. */
    private static String run(List<String> command) throws IOException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        int exit = process.onExit().join().exitValue();
        return exit == 0 ? "" : output + " (exit " + exit + ")";
    }
}
