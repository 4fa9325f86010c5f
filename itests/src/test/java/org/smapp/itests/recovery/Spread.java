package org.smapp.itests.recovery;

import java.util.Arrays;
import java.util.Locale;
import java.util.regex.Pattern;

/** How long something took many times, in microseconds, the shortest first. */
record Spread(long[] sortedUs) {

    private static final Pattern TIME = Pattern.compile("us=(\\d+)\n");
    private static final double MS = 1_000;

    /** Returns what {@code traffic react} has printed. */
    static Spread of(String output) {
        long[] all = TIME.matcher(output)
                .results()
                .mapToLong(each -> Long.parseLong(each.group(1)))
                .toArray();
        Arrays.sort(all);
        return new Spread(all);
    }

    int count() {
        return sortedUs.length;
    }

    long percentileUs(int percent) {
        return sortedUs[Math.min(sortedUs.length - 1, sortedUs.length * percent / 100)];
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "p50 %.2f, p90 %.2f, p99 %.2f, max %.1f ms",
                percentileUs(50) / MS,
                percentileUs(90) / MS,
                percentileUs(99) / MS,
                percentileUs(100) / MS);
    }
}
