package org.smapp.pmnlctl;

import java.util.StringTokenizer;
import org.smapp.core.family.upstream.AddressFields;

/** The flags of an address by name. */
enum Flags {
    SIGNAL("signal", AddressFields.SIGNAL),
    SUBFLOW("subflow", AddressFields.SUBFLOW),
    LAMINAR("laminar", AddressFields.LAMINAR),
    BACKUP("backup", AddressFields.BACKUP),
    FULLMESH("fullmesh", AddressFields.FULLMESH),
    IMPLICIT("implicit", AddressFields.IMPLICIT),

    /** A bit that no kernel knows: the kernel's tests want to see it ignored. */
    UNKNOWN("unknown", 1 << 7);

    private final String word;
    private final int bit;

    Flags(String word, int bit) {
        this.word = word;
        this.bit = bit;
    }

    /** Reads what an endpoint is added with. */
    static int ofEndpoint(String list) {
        return read(list, false, SIGNAL, SUBFLOW, LAMINAR, BACKUP, FULLMESH, UNKNOWN);
    }

    /** Reads what is changed of an address that is there; {@code no} before a flag clears it. */
    static int ofChange(String list) {
        return read(list, true, BACKUP, FULLMESH);
    }

    private static int read(String list, boolean negatable, Flags... known) {
        int bits = 0;
        StringTokenizer words = new StringTokenizer(list, ",");
        while (words.hasMoreTokens()) {
            bits |= bitOf(words.nextToken(), negatable, list, known);
        }
        return bits;
    }

    private static int bitOf(String word, boolean negatable, String list, Flags... known) {
        for (Flags each : known) {
            if (word.equals(each.word)) {
                return each.bit;
            }
            if (negatable && word.equals("no" + each.word)) {
                return 0;
            }
        }
        throw Stop.because("unknown flag " + upToSeparator(list));
    }

    /** The contract shows the list only up to the comma behind its first word. */
    private static String upToSeparator(String list) {
        int start = 0;
        while (start < list.length() && list.charAt(start) == ',') {
            start++;
        }
        int comma = list.indexOf(',', start);
        return comma < 0 ? list : list.substring(0, comma);
    }

    /** Appends the names, separated by commas, and bits without a name in hexadecimal. */
    static void append(StringBuilder line, int bits) {
        int left = bits;
        for (Flags each : values()) {
            if ((left & each.bit) != 0) {
                left &= ~each.bit;
                line.append(each.word).append(left == 0 ? "" : ",");
            }
        }
        if (left != 0) {
            line.append("0x").append(Integer.toHexString(left));
        }
    }
}
