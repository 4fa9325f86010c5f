package org.smapp.pmnlctl;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The tool of the distribution on the real kernel, against what the kernel's own tool was seen to do there. */
@Timeout(120)
final class PmNlCtlIT {

    private static final Path TOOL = Path.of("target/smapp/bin/pm_nl_ctl").toAbsolutePath();
    private static final Path TRANSCRIPT = Path.of("src/test/resources/org/smapp/pmnlctl/transcript.txt");
    private static final int LEAST_STARTS = 5;
    private static final int MOST_STARTS = 40;
    private static final Duration START_BUDGET = Duration.ofMillis(350);

    private final String namespace = "pmnlctl-" + ProcessHandle.current().pid();

    /** What one command printed, in the transcript's form. */
    private record Answer(String text) {}

    @BeforeEach
    void makeNamespace() throws Exception {
        boolean made = run("ip", "netns", "add", namespace).text().endsWith("= 0\n");
        assumeTrue(made || System.getenv("CI") != null, "can't make network namespaces here: run as root");
        run("ip", "-n", namespace, "link", "set", "lo", "up");
        run("ip", "-n", namespace, "link", "add", "wan0", "type", "veth", "peer", "name", "wan1");
    }

    @AfterEach
    void removeNamespace() throws Exception {
        run("ip", "netns", "del", namespace);
    }

    @Test
    void shouldAnswerLikeTheKernelsOwnTool() throws Exception {
        StringBuilder answered = new StringBuilder();
        List<String> expected = Files.readAllLines(TRANSCRIPT).stream()
                .filter(line -> !line.startsWith("#"))
                .toList();
        for (String line : expected) {
            if (line.startsWith("$ ")) {
                answered.append(line)
                        .append('\n')
                        .append(run(command(line.substring(2).split(" "))).text());
            }
        }
        assertEquals(String.join("\n", expected) + "\n", answered.toString());
    }

    private String[] command(String... arguments) {
        List<String> words = new ArrayList<>(List.of("ip", "netns", "exec", namespace, TOOL.toString()));
        Arrays.stream(arguments).map(word -> word.equals("\"\"") ? "" : word).forEach(words::add);
        return words.toArray(String[]::new);
    }

    private static Answer run(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).start();
        StringBuilder text = new StringBuilder();
        process.inputReader()
                .lines()
                .forEach(line -> text.append("  ").append(line).append('\n'));
        String errors = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8)
                .replace(TOOL + ":", "pm_nl_ctl:");
        int usage = errors.indexOf("Usage: ");
        String worded = usage < 0 ? errors : errors.substring(0, usage) + "<usage>\n";
        worded.lines().forEach(line -> text.append("! ").append(line).append('\n'));
        return new Answer(
                text.append("= ").append(process.waitFor()).append('\n').toString());
    }

    /** The kernel's tests make a connection half a second after they started the tool, and expect its events. */
    @Test
    void shouldHearEventsSoonAfterItsStart() throws Exception {
        List<Long> millis = new ArrayList<>();
        long best = Long.MAX_VALUE;
        // The quickest of some: a busy machine makes starts slower, and nothing makes them quicker.
        while (millis.size() < LEAST_STARTS || millis.size() < MOST_STARTS && best > START_BUDGET.toMillis()) {
            millis.add(millisUntilJoined());
            best = Collections.min(millis);
        }
        System.out.println("pm_nl_ctl events, milliseconds from exec until it hears: " + millis);
        assertTrue(best <= START_BUDGET.toMillis(), "the quickest start takes " + best + " ms");
    }

    private long millisUntilJoined() throws IOException, InterruptedException {
        long start = System.nanoTime();
        Process process = new ProcessBuilder(command("events")).start();
        try {
            Awaitility.await("the tool listens")
                    .pollInSameThread()
                    .pollDelay(Duration.ZERO)
                    .pollInterval(Duration.ofMillis(2))
                    .failFast("the tool ended", () -> !process.isAlive())
                    .until(() -> hasJoined(process));
            return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
        } finally {
            process.destroy();
            process.waitFor();
        }
    }

    /** Columns of /proc/net/netlink: socket, protocol (16 is generic), port, groups 1 to 32 as bits in hexadecimal. */
    private static boolean hasJoined(Process process) throws IOException {
        Path sockets = Path.of("/proc/" + process.pid() + "/net/netlink");
        return Files.readAllLines(sockets).stream()
                .skip(1)
                .map(line -> line.trim().split("\\s+"))
                .anyMatch(columns -> columns[1].equals("16") && Long.parseLong(columns[3], 16) > 1);
    }
}
