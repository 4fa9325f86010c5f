package org.smapp.testkit.lab;

import java.time.Duration;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How people write rates, times and shapes. Each method throws {@link LabException} for what it doesn't understand. */
final class Quantity {

    private static final Pattern NUMBER_AND_UNIT = Pattern.compile("([0-9]+(?:\\.[0-9]+)?)([a-zA-Z%]*)");
    private static final Map<String, Double> BITS_PER_SECOND = Map.of("", 1.0, "k", 1e3, "M", 1e6, "G", 1e9);
    private static final Map<String, Double> NANOS = Map.of("us", 1e3, "ms", 1e6, "s", 1e9);
    private static final Map<String, Double> SHARE = Map.of("", 0.01, "%", 0.01);

    private Quantity() {}

    /** Reads a rate in bit/s: {@code 50M}, {@code 2.5M}, {@code 800k}; 0 is no limit. */
    static long bitsPerSecond(String text) {
        return Math.round(scaled(text, BITS_PER_SECOND, "a rate is like 50M or 800k (bit/s)"));
    }

    /** Reads a time: {@code 10ms}, {@code 1.5s}, {@code 300us}. */
    static Duration duration(String text) {
        return Duration.ofNanos(Math.round(scaled(text, NANOS, "a time is like 10ms, 1.5s or 300us")));
    }

    /** Reads per cent, with or without the sign, as a share from 0 to 1. */
    static double share(String text) {
        double share = scaled(text, SHARE, "a loss is like 30 or 0.5% (per cent)");
        if (share > 1) {
            throw new LabException("No more than 100 % can be lost, not " + text);
        }
        return share;
    }

    /** Reads a rate, a delay and perhaps a loss: {@code 50M/10ms}, {@code 20M/40ms/1%}. */
    static Shape shape(String text) {
        String[] parts = text.split("/");
        if (parts.length < 2 || parts.length > 3) {
            throw new LabException("A link is like 50M/10ms or 50M/10ms/1% (rate, delay, loss), not '" + text + "'");
        }
        Shape shape = Shape.of(bitsPerSecond(parts[0]), duration(parts[1]));
        return parts.length == 3 ? shape.withLoss(share(parts[2])) : shape;
    }

    private static double scaled(String text, Map<String, Double> units, String rule) {
        Matcher matcher = NUMBER_AND_UNIT.matcher(text);
        Double unit = matcher.matches() ? units.get(matcher.group(2)) : null;
        if (unit == null) {
            throw new LabException("Can't read '" + text + "': " + rule);
        }
        return Double.parseDouble(matcher.group(1)) * unit;
    }
}
