package org.smapp.scenarios;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.knowm.xchart.internal.chartpart.Chart;
import org.smapp.testkit.lab.Deadline;
import org.smapp.testkit.lab.GatewayLab;
import org.smapp.testkit.lab.Link;
import org.smapp.testkit.lab.Shape;

/** S3: a stream that sends a block each second, over a line that loses packets. */
final class StreamingScenario implements Scenario {

    private static final Shape LINE = Shape.of(5_000_000, Duration.ofMillis(10));
    private static final int BLOCK_BYTES = 64_000;
    private static final Duration PERIOD = Duration.ofSeconds(1);
    private static final int BLOCKS = 12;
    private static final int[] LOSS_PERCENT = {0, 30};
    private static final int QUICK_BLOCKS = 5;
    private static final Duration LONGEST_DELAY = Duration.ofSeconds(10);

    private static final double LONGEST_SHOWN_S = 2;

    private static final Metric DELAY = Metric.least("block delay", "s");
    private static final Metric SECOND = Metric.least("bytes over the second line", "bytes");

    @Override
    public String name() {
        return "s3";
    }

    @Override
    public String title() {
        return "Smarter streaming: blocks arrive in time over a line that loses packets";
    }

    @Override
    public String description() {
        return """
                Two lines of 5 Mbit/s with 10 ms, one way; the first loses none or 30 %% of its packets, in both
                directions, once the connection is there. An application sends a block of 64 kB each second, %d blocks. The
                delay of a block is the time from when it was due to be sent until the receiving application has it whole.
                *Never*: not within %d s after the last one was sent.""".formatted(BLOCKS, LONGEST_DELAY.toSeconds());
    }

    @Override
    public int seeds() {
        return 10;
    }

    @Override
    public List<PathManager> pathManagers(Path smapp) {
        List<String> second = List.of("10.71.2.2", "dev", "wan2", "subflow", "fullmesh");
        return List.of(
                new InKernel("kernel one line", List.of()),
                new InKernel("kernel full mesh", List.of(second)),
                SmappController.with(smapp, "streaming"));
    }

    @Override
    public void measure(Run run) {
        for (int percent : LOSS_PERCENT) {
            try (GatewayLab lab = GatewayLab.open(run.lab(), Link.Kind.TAP, LINE, LINE);
                    PathManager.InCharge inCharge = run.pathManager().start(lab.lab(), lab.gateway())) {
                inCharge.explaining(() -> measure(run, percent, lab));
            }
        }
    }

    private static void measure(Run run, int percent, GatewayLab lab) {
        String situation = percent + " % loss";
        int count = run.quick() ? QUICK_BLOCKS : BLOCKS;
        Meter second = Meter.on(lab.gateway(), "wan2");
        Blocks blocks = Blocks.start(lab.lab(), lab.gateway(), lab.server(), GatewayLab.SERVER, BLOCK_BYTES, PERIOD);
        lab.fibre().loss(percent / 100.0);
        Duration limit = PERIOD.multipliedBy(count).plus(LONGEST_DELAY);
        long endNanos = blocks.startNanos() + limit.toNanos();
        Deadline.waitFor(
                "the blocks arrive, or never will",
                limit.multipliedBy(2),
                () -> blocks.arrived() >= count || System.nanoTime() > endNanos);
        double[] delays = blocks.delays(count, PERIOD);
        double worst = 0;
        for (int i = 0; i < count; i++) {
            worst = Math.max(worst, delays[i]);
            run.measured(situation, i + 1.0, percent == 30 ? DELAY.bounded(0.8).forPercent(99) : DELAY, delays[i]);
        }
        run.tell(situation, "worst block delay: " + Metric.text(worst) + " s");
        run.measured(situation, percent == 0 ? SECOND.bounded(0) : SECOND, second.bytes());
    }

    @Override
    public List<Metric> metrics() {
        return List.of(DELAY, SECOND);
    }

    @Override
    public Chart<?, ?> plot(Samples samples) {
        return Plots.distribution("Block delay with 30 % loss", DELAY, "30 % loss", LONGEST_SHOWN_S, samples);
    }
}
