package org.smapp.itests.recovery;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The figures of a test, printed as rows of a table: run, load, bound, measured, verdict. The bounds hold where the full numbers
 * are run on a machine that has time for them; elsewhere they are only printed.
 */
final class Figures {

    private static final boolean STRICT = Boolean.getBoolean("smapp.recovery.strict");

    private final List<String> missed = new ArrayList<>();

    /** Adds figures none of which may be above {@code bound}. */
    void atMost(long boundMs, long[] measuredMs, String run, String load) {
        Spread spread = new Spread(Arrays.stream(measuredMs).asDoubleStream().toArray());
        String measured = "p50 %.0f, max %.0f ms".formatted(spread.percentile(50), spread.percentile(100));
        row(run, load, "at most " + boundMs + " ms", measured, spread.percentile(100) <= boundMs);
    }

    /** Adds a row whose bound was met or not. */
    void row(String run, String load, String bound, String measured, boolean met) {
        String row = String.join(" | ", run, load, bound, measured, met ? "met" : "MISSED");
        System.out.println("FIGURES | " + row + " |");
        if (!met) {
            missed.add(row);
        }
    }

    /** Fails where bounds hold and one was missed. */
    void assertMet() {
        if (STRICT) {
            assertEquals(List.of(), missed);
        }
    }
}
