package org.smapp.core.rule;

import java.util.ArrayList;
import java.util.List;

/**
 * Numbers and ranges of numbers, such as ports.
 *
 * @param ranges in no order, and they may overlap
 */
public record NumberSet(List<Range> ranges) {

    public static final NumberSet EMPTY = new NumberSet(List.of());

    /** The numbers from {@code first} to {@code last}, both included. */
    public record Range(long first, long last) {}

    /**
     * Reads texts such as {@code 443} and {@code 8000-8999}.
     *
     * @param highest the highest number that makes sense; the lowest is 0
     * @throws IllegalArgumentException with a sentence for the operator
     */
    public static NumberSet parse(List<String> texts, long highest) {
        List<Range> ranges = new ArrayList<>();
        for (String each : texts) {
            ranges.add(range(each, highest));
        }
        return new NumberSet(List.copyOf(ranges));
    }

    private static Range range(String text, long highest) {
        if (text.matches("\\d{1,10}(-\\d{1,10})?")) {
            String[] ends = text.split("-");
            Range range = new Range(Long.parseLong(ends[0]), Long.parseLong(ends[ends.length - 1]));
            if (range.first() <= range.last() && range.last() <= highest) {
                return range;
            }
        }
        throw new IllegalArgumentException("'" + text + "' is neither a number from 0 to " + highest
                + " nor a range of them: write it like 443 or 8000-8999");
    }

    boolean isEmpty() {
        return ranges.isEmpty();
    }

    boolean contains(long number) {
        for (Range each : ranges) {
            if (each.first() <= number && number <= each.last()) {
                return true;
            }
        }
        return false;
    }
}
