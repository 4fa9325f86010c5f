package org.smapp.itests.recovery;

import java.util.Arrays;
import java.util.Locale;

/** Prints one row of a table of figures. */
final class Figures {

    private Figures() {}

    static void row(String what, Object... cells) {
        StringBuilder row = new StringBuilder("FIGURES | ").append(what);
        for (Object each : cells) {
            row.append(" | ").append(each);
        }
        System.out.println(row.append(" |"));
    }

    /** Returns p50, p99 and the largest of {@code samples}. */
    static String spread(long[] samples, double unit, String name) {
        long[] sorted = samples.clone();
        Arrays.sort(sorted);
        return String.format(
                Locale.ROOT,
                "p50 %.1f, p99 %.1f, max %.1f %s",
                sorted[sorted.length / 2] / unit,
                sorted[Math.min(sorted.length - 1, sorted.length * 99 / 100)] / unit,
                sorted[sorted.length - 1] / unit,
                name);
    }
}
