package org.smapp.bench;

import java.util.ArrayList;
import java.util.List;

/** The delays of one path manager over all rounds. For one thread. */
final class Samples {

    private final List<List<Long>> rounds = new ArrayList<>();
    private int connections;
    private int missing;
    private int unanswered;
    private int furtherJoins;

    void add(JoinDelays.Result result) {
        rounds.add(present(result.delays()));
        connections += result.delays().size();
        missing += result.missing();
        unanswered += result.unanswered();
        furtherJoins += result.furtherJoins();
    }

    private static List<Long> present(List<Long> delays) {
        return delays.stream().filter(nanos -> nanos >= 0).sorted().toList();
    }

    /** Returns the delay in µs that {@code percent} of the connections stay within, NaN if there is none. */
    double micros(double percent) {
        return micros(rounds.stream().flatMap(List::stream).sorted().toList(), percent);
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

    /** Nearest rank: the least sample that has at least that share of the samples at or below it. */
    private static double micros(List<Long> sorted, double percent) {
        if (sorted.isEmpty()) {
            return Double.NaN;
        }
        int rank = (int) Math.ceil(percent / 100 * sorted.size());
        return sorted.get(Math.max(rank, 1) - 1) / 1000.0;
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
