package org.smapp.pmnlctl;

import java.math.BigInteger;
import org.smapp.api.IpAddress;

/**
 * The words of the command line, read one after the other. Numbers are read as C's {@code atoi} and {@code strtoul} do: what is
 * no number is 0, and what is too large loses its upper bits.
 */
final class Arguments {

    private static final BigInteger MOST = BigInteger.ONE.shiftLeft(64).subtract(BigInteger.ONE);

    private final String[] words;
    private int next;

    Arguments(String... words) {
        this.words = words;
    }

    /** Returns how many words the command has, its name and those already read among them. */
    int count() {
        return words.length;
    }

    /** Stops with the usage text unless the command has so many words, its name among them. */
    void atLeast(int wanted) {
        if (words.length < wanted) {
            throw Stop.usage();
        }
    }

    boolean hasNext() {
        return next < words.length;
    }

    String next() {
        return words[next++];
    }

    /** Returns the word that belongs to a keyword; {@code name} says what is missing if there is none. */
    String value(String name) {
        if (!hasNext()) {
            throw Stop.because(" missing " + name);
        }
        return next();
    }

    static IpAddress address(String text) {
        try {
            return IpAddress.parse(text);
        } catch (IllegalArgumentException e) {
            throw Stop.because("can't parse ip " + text);
        }
    }

    static int id(String text) {
        return integer(text) & 0xff;
    }

    static int port(String text) {
        return integer(text) & 0xffff;
    }

    /** Reads like {@code (int) strtol(text)}. */
    static int integer(String text) {
        BigInteger value = number(text);
        BigInteger top = BigInteger.valueOf(Long.MAX_VALUE);
        BigInteger bottom = BigInteger.valueOf(Long.MIN_VALUE);
        return value.min(top).max(bottom).intValue();
    }

    /** Reads like {@code (uint32_t) strtoul(text)}. */
    static int token(String text) {
        BigInteger value = number(text);
        return value.abs().compareTo(MOST) > 0 ? -1 : value.intValue();
    }

    private static BigInteger number(String text) {
        int start = 0;
        while (start < text.length() && Character.isWhitespace(text.charAt(start))) {
            start++;
        }
        int digits = start;
        if (digits < text.length() && (text.charAt(digits) == '-' || text.charAt(digits) == '+')) {
            digits++;
        }
        int end = digits;
        while (end < text.length() && text.charAt(end) >= '0' && text.charAt(end) <= '9') {
            end++;
        }
        return end == digits ? BigInteger.ZERO : new BigInteger(text.substring(start, end));
    }
}
