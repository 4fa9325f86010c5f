package org.smapp.scenarios;

import java.util.Locale;

/**
 * Something that is measured.
 *
 * @param name what it is, without the unit
 * @param unit of the values
 * @param best which values are good
 * @param bound what SMAPP's values must not be worse than; NaN for no bound
 */
record Metric(String name, String unit, Best best, double bound) {

    /** Which values are good. */
    enum Best {
        LEAST,
        MOST
    }

    /** A metric of which less is better. */
    static Metric atMost(String name, String unit, double bound) {
        return new Metric(name, unit, Best.LEAST, bound);
    }

    /** A metric of which more is better. */
    static Metric atLeast(String name, String unit, double bound) {
        return new Metric(name, unit, Best.MOST, bound);
    }

    /** A metric of which less is better, and nothing is promised. */
    static Metric least(String name, String unit) {
        return new Metric(name, unit, Best.LEAST, Double.NaN);
    }

    boolean isBounded() {
        return !Double.isNaN(bound);
    }

    boolean isWithinBound(double value) {
        return best == Best.LEAST ? value <= bound : value >= bound;
    }

    /** Returns the value that stands for "it did not come about". */
    double never() {
        return best == Best.LEAST ? Double.POSITIVE_INFINITY : 0;
    }

    /** Returns the bound in words, such as {@code at most 3.00 s}. */
    String boundText() {
        return isBounded() ? (best == Best.LEAST ? "at most " : "at least ") + text(bound) + " " + unit : "";
    }

    /** Returns a value without its unit, as tables show it. */
    static String text(double value) {
        if (Double.isInfinite(value)) {
            return "never";
        }
        return value == Math.rint(value) ? String.valueOf((long) value) : String.format(Locale.ROOT, "%.2f", value);
    }
}
