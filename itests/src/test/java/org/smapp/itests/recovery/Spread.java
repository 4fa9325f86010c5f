package org.smapp.itests.recovery;

import java.util.Locale;
import java.util.regex.Pattern;
import org.apache.commons.statistics.descriptive.Quantile;
import org.apache.commons.statistics.descriptive.Quantile.EstimationMethod;

/** How long something took many times, in milliseconds. */
record Spread(double[] ms) {

    private static final Pattern TIME = Pattern.compile("us=(\\d+)\n");

    /** Gives a time that was measured rather than one between two of them. */
    private static final Quantile NEAREST_RANK = Quantile.withDefaults().with(EstimationMethod.HF1);

    /** Returns what {@code traffic react} has printed. */
    static Spread of(String output) {
        return new Spread(TIME.matcher(output)
                .results()
                .mapToDouble(each -> Long.parseLong(each.group(1)) / 1e3)
                .toArray());
    }

    int count() {
        return ms.length;
    }

    double percentile(double percent) {
        return NEAREST_RANK.evaluate(ms, percent / 100);
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "p50 %.2f, p90 %.2f, p99 %.2f, max %.1f ms",
                percentile(50),
                percentile(90),
                percentile(99),
                percentile(100));
    }
}
