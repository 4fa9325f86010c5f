package org.smapp.cli;

import java.util.Locale;

/** How things look in tables. */
final class Text {

    private static final String MAPPED = "::ffff:";

    private Text() {}

    /** Returns eight hexadecimal digits, as {@code ss -M} shows them. */
    static String token(long token) {
        String digits = Long.toHexString(token);
        return "0".repeat(Math.max(0, 8 - digits.length())) + digits;
    }

    /** Returns an address without the prefix that the kernel gives to IPv4 on a dual-stack socket. */
    static String address(String address) {
        return address.startsWith(MAPPED) && address.indexOf('.') > 0 ? address.substring(MAPPED.length()) : address;
    }

    static String end(String address, long port) {
        String plain = address(address);
        return plain.indexOf(':') >= 0 ? "[" + plain + "]:" + port : plain + ":" + port;
    }

    /** Returns {@code subflow closed} for {@code SUBFLOW_CLOSED}. */
    static String words(String constant) {
        return constant.toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    /** Returns {@code receive buffer bytes} for {@code receiveBufferBytes}. */
    static String label(String name) {
        StringBuilder label = new StringBuilder();
        for (char c : name.toCharArray()) {
            if (Character.isUpperCase(c)) {
                label.append(' ');
            }
            label.append(Character.toLowerCase(c));
        }
        return label.toString();
    }

    /** Returns the two largest units, such as {@code 3m10s}. */
    static String age(long seconds) {
        if (seconds < 60) {
            return Math.max(0, seconds) + "s";
        }
        if (seconds < 3600) {
            return seconds / 60 + "m" + two(seconds % 60) + "s";
        }
        if (seconds < 86400) {
            return seconds / 3600 + "h" + two(seconds / 60 % 60) + "m";
        }
        return seconds / 86400 + "d" + two(seconds / 3600 % 24) + "h";
    }

    /** Returns a number of bytes in the largest unit that leaves two digits, such as {@code 1200 kB}. */
    static String bytes(long bytes) {
        if (bytes < 10_000) {
            return bytes + " B";
        }
        return bytes < 10_000_000 ? bytes / 1000 + " kB" : bytes / 1_000_000 + " MB";
    }

    private static String two(long number) {
        return number < 10 ? "0" + number : Long.toString(number);
    }
}
