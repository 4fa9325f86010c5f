package org.smapp.scenarios;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

final class ReportTest {

    private static final Metric DELAY = Metric.atMost("delay", "s", 0.8);
    private static final Metric GOODPUT = Metric.atLeast("goodput", "Mbit/s", 4.6);

    private final Samples samples = new Samples();
    private final Report report = new Report(new MeshScenario(), samples);

    private void add(String pathManager, Metric metric, double... values) {
        for (int seed = 1; seed <= values.length; seed++) {
            samples.add(new Sample("30 % loss", pathManager, seed, 0, metric, values[seed - 1]));
        }
    }

    @Test
    void shouldShowMedianAndWorstBesideTheBaseline() {
        add("kernel", DELAY, 5.7, 0.9, Double.POSITIVE_INFINITY);
        add("smapp streaming", DELAY, 0.7, 0.9, 0.12);
        assertEquals(
                List.of(
                        "| delay, s | path manager | values | median | p99 | worst | bound | within |",
                        "|---|---|---|---|---|---|---|---|",
                        "| 30 % loss | kernel | 3 | 5.70 | never | never | at most 0.80 s | 0 of 3 |",
                        "| 30 % loss | smapp streaming | 3 | 0.70 | 0.90 | 0.90 | at most 0.80 s | 2 of 3 |"),
                report.table(DELAY));
    }

    @Test
    void shouldTakeTheSmallestForTheWorstWhereMoreIsBetter() {
        add("smapp backup", GOODPUT, 4.7, 4.5, 4.8);
        assertEquals(
                "| 30 % loss | smapp backup | 3 | 4.70 | 4.50 | 4.50 | at least 4.60 Mbit/s | 2 of 3 |",
                report.table(GOODPUT).get(2));
    }

    @Test
    void shouldNameTheBoundsThatSmappMissed() {
        add("kernel", MeshTrial.WHOLE, 9);
        add("smapp fullmesh", MeshTrial.WHOLE, 0.7, 3.5);
        add("smapp fullmesh", MeshTrial.LOST, 0, 0);
        assertEquals(
                List.of("s1, 30 % loss, smapp fullmesh: mesh whole again after 3.50 s at worst, bound at most 3 s"),
                report.missedBounds());
    }

    @Test
    void shouldForgiveTheShareThatABoundAllows() {
        Metric most = MeshTrial.WHOLE.forPercent(60);
        add("smapp fullmesh", most, 0.7, 3.5, 1.0);
        assertEquals(List.of(), report.missedBounds());
    }
}
