package org.smapp.scenarios;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.knowm.xchart.internal.chartpart.Chart;
import org.smapp.scenarios.MeshTrial.Situation;
import org.smapp.testkit.lab.GatewayLab;
import org.smapp.testkit.lab.Link;
import org.smapp.testkit.lab.Shape;

/** S1: a long-lived connection over two lines, and what happens to lines during a day. */
final class MeshScenario implements Scenario {

    private static final Shape LINE = Shape.of(10_000_000, Duration.ofMillis(10));
    private static final Shape SLOWER_LINE = Shape.of(10_000_000, Duration.ofMillis(20));

    @Override
    public String name() {
        return "s1";
    }

    @Override
    public String title() {
        return "Long-lived connections: the mesh becomes whole again";
    }

    @Override
    public String description() {
        return """
                Two lines of 10 Mbit/s with 10 and 20 ms, one way. A connection sends 40 kB each 25 ms (12.8 Mbit/s), more
                than one line takes. Then something happens to one of the lines; the seed chooses the line, the moment,
                and how long an outage lasts (1 to 8 s). Time counts from when the cause is over: address or carrier
                are back, the middlebox has lost the state of a flow (new flows pass), the peer has announced or
                withdrawn an address. The mesh is whole when data has been acknowledged on a subflow of each pair of
                addresses; after an announcement or withdrawal, when there is a subflow for exactly the right pairs.
                *Never*: not within %d s.""".formatted(MeshTrial.LIMIT.toSeconds());
    }

    @Override
    public int seeds() {
        return 20;
    }

    @Override
    public List<PathManager> pathManagers(Path smapp) {
        List<List<String>> endpoints = List.of(
                List.of(MeshTrial.address(1), "dev", "wan1", "subflow", "fullmesh"),
                List.of(MeshTrial.address(2), "dev", "wan2", "subflow", "fullmesh"));
        return List.of(new InKernel("kernel", endpoints), SmappController.with(smapp, "fullmesh"));
    }

    @Override
    public void measure(Run run) {
        try (GatewayLab lab = GatewayLab.open(run.lab(), Link.Kind.TAP, LINE, SLOWER_LINE);
                PathManager.InCharge inCharge = run.pathManager().start(lab.lab(), lab.gateway());
                MeshTrial trial = new MeshTrial(lab, run)) {
            inCharge.explaining(() -> {
                for (Situation situation : Situation.values()) {
                    if (situation.isQuick() || !run.quick()) {
                        trial.measure(situation);
                    }
                }
            });
        }
    }

    @Override
    public List<Metric> metrics() {
        return List.of(MeshTrial.WHOLE, MeshTrial.LOST, MeshTrial.PAUSE);
    }

    @Override
    public Chart<?, ?> plot(Samples samples) {
        return Plots.worst(
                "The mesh is whole again: worst of all seeds (line: the bound)",
                MeshTrial.WHOLE,
                samples,
                MeshTrial.LIMIT.toSeconds());
    }
}
