package org.smapp.itests.recovery;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.smapp.testkit.lab.Deadline;
import org.smapp.testkit.lab.LabProcess;

/** Many connections come and go. */
final class ShortConnectionsIT extends LoadedGatewayTest {

    private static final int SHORT = Integer.getInteger("smapp.recovery.short", 5_000);
    private static final int WARM = SHORT / 10;
    private static final int CLIENTS = 4;
    private static final Duration LIMIT = Duration.ofMinutes(15);
    private static final Path JCMD = Path.of(System.getProperty("java.home"), "bin", "jcmd");

    /** What the journal and compiled code may still add once a tenth of the connections is done. */
    private static final int HEAP_GROWTH_KB = 2_000;

    /** The collector lets the heap grow, up to its limit, when much comes at once. */
    private static final int RESIDENT_GROWTH_KB = 40_000;

    /** What the process has. */
    private record Use(long heapKb, long residentKb, long files, long threads) {
        @Override
        public String toString() {
            return "heap %d kB, resident %d kB, %d files, %d threads".formatted(heapKb, residentKb, files, threads);
        }
    }

    @Test
    void shouldNotGrowOverManyShortConnections() throws IOException {
        open(WARM);
        Use before = use();
        long start = System.nanoTime();
        open(SHORT - WARM);
        long perSecond = (SHORT - WARM) * 1_000_000_000L / (System.nanoTime() - start);
        Deadline.waitFor(
                "the table to be empty",
                RunningCore.SOON,
                () -> gateway.shown().tokens().isEmpty());
        Use after = use();
        String load = "%d connections a second, %d events, %d commands"
                .formatted(perSecond, gateway.core.health("events"), gateway.core.health("commands"));
        figures.row("after " + WARM + " short connections", load, "", before.toString(), true);
        figures.row(
                "after " + SHORT + " short connections",
                load,
                "heap + %d kB, resident + %d kB, as many files, 4 threads more at most"
                        .formatted(HEAP_GROWTH_KB, RESIDENT_GROWTH_KB),
                after + ", no entry left",
                after.heapKb() - before.heapKb() <= HEAP_GROWTH_KB
                        && after.residentKb() - before.residentKb() <= RESIDENT_GROWTH_KB
                        && after.files() <= before.files()
                        && after.threads() <= before.threads() + 4);
    }

    private void open(int connections) {
        List<LabProcess> clients = IntStream.range(0, CLIENTS)
                .mapToObj(each -> gateway.shortConnections(connections / CLIENTS))
                .toList();
        for (LabProcess each : clients) {
            assertEquals(0, each.waitFor(LIMIT), each.output() + each.errors());
        }
    }

    private Use use() throws IOException {
        Deadline.waitFor("all to be published", LIMIT, () -> gateway.core.health("backlog") == 0);
        String pid = Long.toString(gateway.smapp.process().pid());
        LabProcess jcmd =
                gateway.lab.lab().start(Map.of(), JCMD.toString(), pid, "GC.class_histogram"); // collects first
        assertEquals(0, jcmd.waitFor(RunningCore.SOON), jcmd.output() + jcmd.errors());
        Path process = Path.of("/proc", pid);
        return new Use(
                number(jcmd.output(), "Total\\s+\\d+\\s+(\\d+)") / 1024,
                number(Files.readString(process.resolve("status")), "VmRSS:\\s+(\\d+)"),
                entries(process.resolve("fd")),
                entries(process.resolve("task")));
    }

    private static long number(String text, String pattern) {
        Matcher matcher = Pattern.compile(pattern).matcher(text);
        assertTrue(matcher.find(), text);
        return Long.parseLong(matcher.group(1));
    }

    private static long entries(Path folder) throws IOException {
        try (Stream<Path> all = Files.list(folder)) {
            return all.count();
        }
    }
}
