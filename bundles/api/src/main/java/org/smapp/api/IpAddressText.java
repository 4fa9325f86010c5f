package org.smapp.api;

/** Text form of addresses, as {@code inet_pton(3)} and {@code inet_ntop(3)} have it. */
final class IpAddressText {

    private static final int GROUPS = 8;

    private IpAddressText() {}

    static String format(IpAddress address) {
        if (!address.v6()) {
            return dotted((int) address.low());
        }
        if (address.isV4Mapped()) {
            return "::ffff:" + dotted((int) address.low());
        }
        // inet_ntop writes the old IPv4-compatible form (::a.b.c.d) too, except for :: and ::1 and the like.
        if (address.high() == 0 && address.low() >>> 32 == 0 && address.low() >>> 16 != 0) {
            return "::" + dotted((int) address.low());
        }
        return compressed(address);
    }

    private static String dotted(int bits) {
        return (bits >>> 24) + "." + (bits >>> 16 & 0xff) + "." + (bits >>> 8 & 0xff) + "." + (bits & 0xff);
    }

    private static String compressed(IpAddress address) {
        int start = -1;
        int length = 1; // a single zero group is not worth "::"
        for (int group = 0; group < GROUPS; group++) {
            int run = zeros(address, group);
            if (run > length) {
                start = group;
                length = run;
            }
        }
        StringBuilder text = new StringBuilder(39);
        for (int group = 0; group < GROUPS; group++) {
            if (group == start) {
                text.append("::");
                group += length - 1;
                continue;
            }
            if (!text.isEmpty() && text.charAt(text.length() - 1) != ':') {
                text.append(':');
            }
            text.append(Integer.toHexString(group(address, group)));
        }
        return text.toString();
    }

    private static int zeros(IpAddress address, int from) {
        int group = from;
        while (group < GROUPS && group(address, group) == 0) {
            group++;
        }
        return group - from;
    }

    private static int group(IpAddress address, int index) {
        long half = index < 4 ? address.high() : address.low();
        return (int) (half >>> 48 - 16 * (index & 3)) & 0xffff;
    }

    static IpAddress parse(String text) {
        return text.indexOf(':') >= 0 ? parseV6(text) : IpAddress.v4(parseV4(text, text));
    }

    private static int parseV4(String part, String whole) {
        String[] bytes = part.split("\\.", -1);
        if (bytes.length != 4) {
            throw invalid(whole);
        }
        int bits = 0;
        for (String digits : bytes) {
            if (digits.length() > 1 && digits.charAt(0) == '0') {
                throw invalid(whole); // some read it as octal; inet_pton takes neither
            }
            bits = bits << 8 | number(digits, 10, 3, 255, whole);
        }
        return bits;
    }

    private static IpAddress parseV6(String text) {
        int gap = text.indexOf("::");
        if (gap < 0) {
            int[] groups = groups(text, text);
            if (groups.length != GROUPS) {
                throw invalid(text);
            }
            return address(groups);
        }
        int[] head = groups(text.substring(0, gap), text);
        int[] tail = groups(text.substring(gap + 2), text);
        if (head.length + tail.length >= GROUPS) {
            throw invalid(text);
        }
        int[] groups = new int[GROUPS];
        System.arraycopy(head, 0, groups, 0, head.length);
        System.arraycopy(tail, 0, groups, GROUPS - tail.length, tail.length);
        return address(groups);
    }

    private static int[] groups(String part, String whole) {
        if (part.isEmpty()) {
            return new int[0];
        }
        String[] words = part.split(":", -1);
        boolean dotted = words[words.length - 1].indexOf('.') >= 0;
        int[] groups = new int[words.length + (dotted ? 1 : 0)];
        for (int i = 0; i < words.length - (dotted ? 1 : 0); i++) {
            groups[i] = number(words[i], 16, 4, 0xffff, whole);
        }
        if (dotted) {
            int bits = parseV4(words[words.length - 1], whole);
            groups[groups.length - 2] = bits >>> 16;
            groups[groups.length - 1] = bits & 0xffff;
        }
        return groups;
    }

    private static int number(String digits, int radix, int maxDigits, int max, String whole) {
        if (digits.isEmpty() || digits.length() > maxDigits) {
            throw invalid(whole);
        }
        int value = 0;
        for (int i = 0; i < digits.length(); i++) {
            int digit = Character.digit(digits.charAt(i), radix);
            // Character.digit knows every alphabet's digits; an address has ASCII only.
            if (digit < 0 || digits.charAt(i) > 'f') {
                throw invalid(whole);
            }
            value = value * radix + digit;
        }
        if (value > max) {
            throw invalid(whole);
        }
        return value;
    }

    private static IpAddress address(int[] groups) {
        long high = 0;
        long low = 0;
        for (int i = 0; i < 4; i++) {
            high = high << 16 | groups[i];
            low = low << 16 | groups[i + 4];
        }
        return IpAddress.v6(high, low);
    }

    private static IllegalArgumentException invalid(String text) {
        return new IllegalArgumentException("\"" + text + "\" is not an IPv4 or IPv6 address");
    }
}
