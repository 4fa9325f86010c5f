package org.smapp.scenarios;

import java.util.Locale;

/**
 * Something that is measured. Metrics of one name share a table, whatever their bounds.
 *
 * @param name what it is, without the unit
 * @param unit of the values
 * @param best which values are good
 * @param bound what SMAPP promises; NaN for no bound
 * @param percent how many percent of the values have to be within the bound
 */
record Metric(String name, String unit, Best best, double bound, double percent) {

    /** Which values are good. */
    enum Best {
        LEAST,
        MOST
    }

    private static final double ALL = 100;

    /** A metric of which less is better. */
    static Metric atMost(String name, String unit, double bound) {
        return new Metric(name, unit, Best.LEAST, bound, ALL);
    }

    /** A metric of which more is better. */
    static Metric atLeast(String name, String unit, double bound) {
        return new Metric(name, unit, Best.MOST, bound, ALL);
    }

    /** A metric of which less is better, and nothing is promised. */
    static Metric least(String name, String unit) {
        return atMost(name, unit, Double.NaN);
    }

    /** A metric of which more is better, and nothing is promised. */
    static Metric most(String name, String unit) {
        return atLeast(name, unit, Double.NaN);
    }

    /** The same metric with a bound. */
    Metric bounded(double newBound) {
        return new Metric(name, unit, best, newBound, percent);
    }

    /** The same metric, of which only some values have to be within the bound. */
    Metric forPercent(double newPercent) {
        return new Metric(name, unit, best, bound, newPercent);
    }

    boolean isBounded() {
        return !Double.isNaN(bound);
    }

    boolean isWithinBound(double value) {
        return best == Best.LEAST ? value <= bound : value >= bound;
    }

    /** Returns the bound in words, such as {@code at most 3 s}. */
    String boundText() {
        if (!isBounded()) {
            return "";
        }
        String share = percent == ALL ? "" : " for " + text(percent) + " %";
        return (best == Best.LEAST ? "at most " : "at least ") + textWithUnit(bound) + share;
    }

    /** Returns the name with the unit, such as {@code block delay, s}. */
    String title() {
        return unit.isEmpty() ? name : name + ", " + unit;
    }

    /** Returns a value with the unit. */
    String textWithUnit(double value) {
        return unit.isEmpty() ? text(value) : text(value) + " " + unit;
    }

    /** Returns a value without its unit, as tables show it. */
    static String text(double value) {
        if (Double.isInfinite(value)) {
            return "never";
        }
        return value == Math.rint(value) ? String.valueOf((long) value) : String.format(Locale.ROOT, "%.2f", value);
    }
}
