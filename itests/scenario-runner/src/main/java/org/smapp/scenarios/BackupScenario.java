package org.smapp.scenarios;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.knowm.xchart.internal.chartpart.Chart;
import org.smapp.testkit.lab.Deadline;
import org.smapp.testkit.lab.GatewayLab;
import org.smapp.testkit.lab.Link;
import org.smapp.testkit.lab.Shape;

/** S2: a second line that costs money is used when the first fails, and only then. */
final class BackupScenario implements Scenario {

    /** What happens to the first line. */
    private enum Fault {
        NONE("no fault", Double.NaN),
        LOSS("30 % loss", 1.5),
        SILENCE("goes silent", 0.6),
        CARRIER("loses its carrier", 0.1);

        private final String title;
        private final double switchedWithinS;

        Fault(String title, double switchedWithinS) {
            this.title = title;
            this.switchedWithinS = switchedWithinS;
        }

        void strike(Link line) {
            switch (this) {
                case NONE -> {}
                case LOSS -> line.loss(0.3);
                case SILENCE -> line.loss(1);
                case CARRIER -> line.carrier(Link.End.NEAR, false);
            }
        }
    }

    private static final Shape LINE = Shape.of(5_000_000, Duration.ofMillis(10));
    private static final int BLOCK_BYTES = 5_000;
    private static final String SECOND = "10.71.2.2";

    private static final Duration BEFORE = Duration.ofSeconds(1);
    private static final Duration AFTER = Duration.ofSeconds(9);
    private static final Duration MARGIN = Duration.ofSeconds(5);
    private static final double STEADY_FROM_S = 3;
    private static final double STEP_S = 0.5;

    private static final Metric SWITCHED = Metric.least("first byte over the second line after", "s");
    private static final Metric STEADY = Metric.atLeast("goodput from 3 s after the fault on", "Mbit/s", 4.6);
    private static final Metric METERED = Metric.atMost("bytes on the second line", "bytes", 0);
    private static final Metric GOODPUT = Metric.most("goodput", "Mbit/s");

    @Override
    public String name() {
        return "s2";
    }

    @Override
    public String title() {
        return "Smarter backup: a metered line is used when the first one fails, and only then";
    }

    @Override
    public String description() {
        return """
                Two lines of 5 Mbit/s with 10 ms, one way. A connection sends as fast as it can over the first. After 1 s
                the first line loses 30 %% of its packets in both directions, or goes silent, or loses its carrier. Time
                counts from then until the server has the first byte of data over the second line; *never*: not within
                %d s. Goodput is what the receiving application got.""".formatted(AFTER.toSeconds());
    }

    @Override
    public int seeds() {
        return 10;
    }

    @Override
    public List<PathManager> pathManagers(Path smapp) {
        List<String> backup = List.of(SECOND, "dev", "wan2", "subflow", "backup");
        return List.of(
                new InKernel("kernel one line", List.of()),
                new InKernel("kernel backup", List.of(backup)),
                SmappController.with(smapp, "backup"));
    }

    @Override
    public void measure(Run run) {
        for (Fault fault : Fault.values()) {
            try (GatewayLab lab = GatewayLab.open(run.lab(), Link.Kind.TAP, LINE, LINE);
                    PathManager.InCharge inCharge = run.pathManager().start(lab.lab(), lab.gateway());
                    Subflows arriving = new Subflows(lab.lab(), lab.server())) {
                inCharge.explaining(() -> measure(run, fault, lab, arriving));
            }
        }
    }

    private static void measure(Run run, Fault fault, GatewayLab lab, Subflows arriving) {
        Meter second = Meter.on(lab.gateway(), "wan2");
        Blocks blocks =
                Blocks.start(lab.lab(), lab.gateway(), lab.server(), GatewayLab.SERVER, BLOCK_BYTES, Duration.ZERO);
        await("the line is in use", BEFORE, blocks.startNanos());
        fault.strike(lab.fibre());
        long struck = System.nanoTime();
        if (fault == Fault.NONE) {
            await("the line has been well for a while", AFTER, struck);
            run.measured(fault.title, METERED, second.bytes());
            return;
        }
        Deadline.waitFor(
                "data comes over the second line, or never will",
                AFTER.plus(MARGIN),
                () -> receivedOverSecond(arriving) || System.nanoTime() - struck > AFTER.toNanos());
        double seconds = (System.nanoTime() - struck) / 1e9;
        run.measured(
                fault.title,
                SWITCHED.bounded(fault.switchedWithinS),
                seconds > AFTER.toSeconds() ? Double.POSITIVE_INFINITY : seconds);
        if (fault == Fault.LOSS) {
            await("the goodput is steady", AFTER, struck);
            goodput(run, fault, blocks, struck);
        }
    }

    private static void goodput(Run run, Fault fault, Blocks blocks, long struck) {
        for (double from = -BEFORE.toSeconds(); from < AFTER.toSeconds(); from += STEP_S) {
            run.measured(fault.title, from + STEP_S, GOODPUT, megabits(blocks, struck, from, from + STEP_S));
        }
        run.measured(fault.title, STEADY, megabits(blocks, struck, STEADY_FROM_S, AFTER.toSeconds()));
    }

    private static double megabits(Blocks blocks, long struck, double fromS, double toS) {
        long bytes = blocks.bytesBetween(struck + (long) (fromS * 1e9), struck + (long) (toS * 1e9), BLOCK_BYTES);
        return bytes * 8 / 1e6 / (toS - fromS);
    }

    private static void await(String what, Duration time, long sinceNanos) {
        Deadline.waitFor(what, time.plus(MARGIN), () -> System.nanoTime() - sinceNanos >= time.toNanos());
    }

    private static boolean receivedOverSecond(Subflows arriving) {
        return arriving.now().stream()
                .anyMatch(each -> each.pair().remote().equals(SECOND)
                        && each.socket().tcp().bytesReceived() > 0);
    }

    @Override
    public List<Metric> metrics() {
        return List.of(SWITCHED, STEADY, METERED);
    }

    @Override
    public Chart<?, ?> plot(Samples samples) {
        return Plots.medians(
                "Goodput while the first line loses 30 % (median of all seeds)",
                "seconds since the loss began", GOODPUT, Fault.LOSS.title, samples);
    }
}
