package org.smapp.config;

import java.util.Collection;
import java.util.Locale;

/** Finds what was meant by a word that is not known. Thread-safe: stateless. */
final class Nearest {

    private static final int MOST = 3;

    private Nearest() {}

    /** Returns {@code ; did you mean WORD?} in a form for the end of a sentence, or nothing if no word is near. */
    static String hint(String word, Collection<String> known) {
        String nearest = nearest(word, known);
        return nearest.isEmpty() ? "" : "; did you mean " + nearest + "?";
    }

    static String nearest(String word, Collection<String> known) {
        String nearest = "";
        int least = Math.min(MOST, Math.max(1, word.length() / MOST)) + 1;
        for (String each : known) {
            int distance = distance(word.toLowerCase(Locale.ROOT), each.toLowerCase(Locale.ROOT));
            if (distance < least) {
                least = distance;
                nearest = each;
            }
        }
        return nearest;
    }

    /** How many letters have to be added, removed or replaced. */
    private static int distance(String from, String to) {
        int[] row = new int[to.length() + 1];
        for (int j = 0; j <= to.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= from.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= to.length(); j++) {
                int replaced = diagonal + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(replaced, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[to.length()];
    }
}
