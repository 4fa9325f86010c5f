package org.smapp.itests.recovery;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.smapp.testkit.lab.Deadline;
import org.smapp.testkit.lab.LabProcess;
import org.smapp.testkit.lab.LabRequirements;
import org.smapp.testkit.lab.Link;

/**
 * SMAPP as users run it, beside connections that carry data: whatever happens to it, its picture is the kernel's again and the
 * connections don't notice. {@code itests/recovery} runs it with the full numbers.
 */
@Timeout(1_200)
final class RecoveryIT {

    private static final int CONNECTIONS = Integer.getInteger("smapp.recovery.connections", 200);
    private static final int KILLS = Integer.getInteger("smapp.recovery.kills", 3);
    private static final int SHORT = Integer.getInteger("smapp.recovery.short", 5_000);
    private static final int OVERRUN = 2_000;
    private static final int STEPS = Integer.getInteger("smapp.recovery.steps", 6);
    private static final long SEED = Long.getLong("smapp.recovery.seed", System.nanoTime());
    private static final Duration CALM = Duration.ofSeconds(60);

    private LoadedGateway gateway;

    @BeforeEach
    void open() throws IOException {
        List<String> missing = LabRequirements.missingForTraffic(Link.Kind.VETH);
        assumeTrue(missing.isEmpty() || System.getenv("CI") != null, () -> String.join(" ", missing));
        gateway = new LoadedGateway("recov");
        gateway.startSmapp();
    }

    @AfterEach
    void close() throws IOException {
        if (gateway != null) {
            gateway.close();
        }
    }

    private void loadMeshed() {
        gateway.load(CONNECTIONS);
        Deadline.waitFor(
                "two subflows for each connection",
                CALM,
                () -> gateway.kernelSubflows().size() == 2 * CONNECTIONS);
    }

    private void assertTableEqualsKernel() {
        Picture shown = gateway.shown();
        assertEquals(gateway.kernelTokens(), shown.tokens());
        assertEquals(gateway.kernelSubflows(), shown.subflows());
    }

    private void assertUndisturbed() {
        long[] counts = gateway.loadCounts();
        assertEquals(CONNECTIONS, counts[0], "connections open");
        assertEquals(0, counts[2], "errors of the traffic");
        Deadline.waitFor("data to flow", CALM, () -> gateway.loadCounts()[1] > counts[1]);
    }

    @Test
    void shouldKnowEverythingAgainAfterEachKill() {
        loadMeshed();
        Set<String> before = gateway.kernelSubflows();
        Picture known = gateway.settledPicture();
        long[] tookMs = new long[KILLS];
        for (int i = 0; i < KILLS; i++) {
            gateway.killSmapp();
            gateway.startSmapp();
            Picture shown = gateway.shown();
            assertEquals(known, shown, "tokens, sides, ends, ids and backup marks after kill " + i);
            tookMs[i] = gateway.lastRecoveryMs("SMAPP started");
        }
        assertEquals(before, gateway.kernelSubflows());
        assertUndisturbed();
        Figures.row(
                "kill -9 and restart, " + KILLS + " times",
                CONNECTIONS + " connections, " + before.size() + " subflows",
                "all known when ready",
                "comparison " + Figures.spread(tookMs, 1, "ms"));
    }

    @Test
    void shouldCompleteWhatIsMissingAfterARestart() {
        loadMeshed();
        gateway.killSmapp();
        String[] gone = gateway.kernelSubflows().stream()
                .filter(each -> each.startsWith("10.71.2.2"))
                .findFirst()
                .orElseThrow()
                .split("[ :]+");
        gateway.lab.gateway().run("ss", "-K", "src", gone[0], "sport", "=", gone[1]);
        Deadline.waitFor(
                "a subflow to be gone", CALM, () -> gateway.kernelSubflows().size() == 2 * CONNECTIONS - 1);
        gateway.startSmapp();
        Deadline.waitFor(
                "the subflow to be back", CALM, () -> gateway.kernelSubflows().size() == 2 * CONNECTIONS);
        assertUndisturbed();
    }

    @Test
    void shouldBeRightSoonAfterAnOverrun() throws IOException {
        gateway.configure("receiveBufferBytes = \"65536\"\n");
        loadMeshed();
        gateway.signal("STOP");
        LabProcess burst = gateway.shortConnections(OVERRUN);
        assertEquals(0, burst.waitFor(CALM), burst.output());
        long back = System.currentTimeMillis();
        gateway.signal("CONT");
        Deadline.waitFor("the overrun to be seen", CALM, () -> gateway.recoveredAt("dropped events") >= back);
        long rightMs = gateway.recoveredAt("dropped events") - back;
        Deadline.waitFor(
                "the short connections to end",
                CALM,
                () -> gateway.kernelTokens().size() == CONNECTIONS);
        Deadline.waitFor(
                "the table to be right", CALM, () -> gateway.shown().tokens().equals(gateway.kernelTokens()));
        assertTableEqualsKernel();
        assertUndisturbed();
        assertTrue(rightMs < 1_000, rightMs + " ms");
        Figures.row(
                "overrun during " + OVERRUN + " short connections",
                CONNECTIONS + " connections",
                rightMs + " ms until compared");
    }

    @Test
    void shouldNotGrowOverManyShortConnections() throws IOException {
        LabProcess warm = gateway.shortConnections(Math.min(SHORT, 20_000));
        assertEquals(0, warm.waitFor(Duration.ofMinutes(5)), warm.output());
        long before = residentKb();
        long start = System.nanoTime();
        LabProcess many = gateway.shortConnections(SHORT);
        assertEquals(0, many.waitFor(Duration.ofMinutes(15)), many.output());
        long seconds = Math.max(1, (System.nanoTime() - start) / 1_000_000_000);
        Deadline.waitFor(
                "the table to be empty", CALM, () -> gateway.shown().tokens().isEmpty());
        long after = residentKb();
        Figures.row(
                SHORT + " short connections",
                SHORT / seconds + " a second",
                "0 entries left",
                "resident " + before / 1024 + " MB before, " + after / 1024 + " MB after");
        assertTrue(after < before + 40_000, "resident " + before + " kB before, " + after + " kB after");
    }

    private long residentKb() throws IOException {
        String status = Files.readString(Path.of("/proc", Long.toString(gateway.smappPid()), "status"));
        Matcher matcher = Pattern.compile("VmRSS:\\s+(\\d+)").matcher(status);
        assertTrue(matcher.find());
        return Long.parseLong(matcher.group(1));
    }

    @Test
    void shouldBeRightAfterARandomSchedule() throws IOException {
        System.out.println("The seed of the random schedule is " + SEED + " (smapp.recovery.seed)");
        Random random = new Random(SEED);
        loadMeshed();
        for (int i = 0; i < STEPS; i++) {
            switch (random.nextInt(5)) {
                case 0 -> {
                    gateway.killSmapp();
                    gateway.startSmapp();
                }
                case 1 -> burst(200 + random.nextInt(800));
                case 2 -> {
                    gateway.signal("STOP");
                    burst(500 + random.nextInt(1_500));
                    gateway.signal("CONT");
                }
                case 3 -> gateway.configure("receiveBufferBytes = \"" + (65_536 << random.nextInt(5)) + "\"\n");
                default -> {
                    gateway.lab.lte().carrier(Link.End.NEAR, false);
                    burst(100 + random.nextInt(200));
                    gateway.lab.lte().carrier(Link.End.NEAR, true);
                }
            }
        }
        Deadline.waitFor(
                "only the load to be left", CALM, () -> gateway.kernelTokens().size() == CONNECTIONS);
        Deadline.waitFor(
                "the table to be the kernel's (seed " + SEED + ")",
                CALM,
                () -> gateway.shown().equalsKernel(gateway));
        assertEquals(CONNECTIONS, gateway.loadCounts()[0]);
        Figures.row("random schedule of " + STEPS + " steps, seed " + SEED, "table equals ss -M and ss -t");
    }

    private void burst(int connections) {
        LabProcess burst = gateway.shortConnections(connections);
        burst.waitFor(CALM);
    }
}
