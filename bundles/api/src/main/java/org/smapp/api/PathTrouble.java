package org.smapp.api;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * Why subflows between two addresses carry nothing, as far as their ends have told. Gone once one of them has lived for a while.
 *
 * @param pair both ends; the local port is 0, for any
 * @param cause what happened to them, in words
 * @param times to how many in a row
 * @param since when it happened first
 */
public record PathTrouble(FourTuple pair, String cause, int times, Instant since) {

    /** Returns {@code from 10.0.2.1 to 192.0.2.1:443: no answer (3 times since 2026-01-31T12:00:00Z)}. */
    @Override
    public String toString() {
        String often = times == 1 ? "once at " : times + " times since ";
        return "from " + pair.localAddress() + " to " + pair.remote() + ": " + cause + " (" + often
                + since.truncatedTo(ChronoUnit.SECONDS) + ")";
    }
}
