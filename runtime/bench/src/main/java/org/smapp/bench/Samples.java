package org.smapp.bench;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.commons.statistics.descriptive.Quantile;
import org.apache.commons.statistics.descriptive.Quantile.EstimationMethod;

/** The delays of one path manager over all rounds. For one thread. */
final class Samples {

    /** The least sample that has at least that share of the samples at or below it; NaN if there is none. */
    private static final Quantile NEAREST_RANK = Quantile.withDefaults().with(EstimationMethod.HF1);

    private final List<double[]> rounds = new ArrayList<>();
    private int connections;
    private int missing;
    private int unanswered;
    private int furtherJoins;

    void add(JoinDelays.Result result) {
        rounds.add(result.delays().stream()
                .filter(nanos -> nanos >= 0)
                .mapToDouble(nanos -> nanos / 1000.0)
                .toArray());
        connections += result.delays().size();
        missing += result.missing();
        unanswered += result.unanswered();
        furtherJoins += result.furtherJoins();
    }

    /** Returns the delay in µs that {@code percent} of the connections stay within, NaN if there is none. */
    double micros(double percent) {
        return micros(rounds.stream().flatMapToDouble(Arrays::stream).toArray(), percent);
    }

    /** Returns the lowest and the highest median of a round, in µs. */
    double[] medianRange() {
        double[] medians = rounds.stream()
                .mapToDouble(round -> micros(round, 50))
                .filter(median -> !Double.isNaN(median))
                .sorted()
                .toArray();
        return medians.length == 0
                ? new double[] {Double.NaN, Double.NaN}
                : new double[] {medians[0], medians[medians.length - 1]};
    }

    private static double micros(double[] values, double percent) {
        return NEAREST_RANK.evaluate(values, percent / 100);
    }

    int connections() {
        return connections;
    }

    int missing() {
        return missing;
    }

    /** Returns how many joins the server did not answer. */
    int unanswered() {
        return unanswered;
    }

    /** Returns how many subflows were joined beyond the one that each connection was to get. */
    int furtherJoins() {
        return furtherJoins;
    }
}
