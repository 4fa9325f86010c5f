package org.smapp.core.agent;

import java.util.concurrent.TimeUnit;

/**
 * When an agent that failed is followed by another: at once, but later and later if that one fails too. Whatever made it fail
 * is likely to be there still.
 *
 * <p>Guarded by who uses it.
 */
final class Revivals {

    private static final long FIRST_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final long LONGEST_NANOS = TimeUnit.MINUTES.toNanos(1);

    /** Who has run for so long was well. */
    private static final long WELL_NANOS = TimeUnit.MINUTES.toNanos(2);

    private long failedNanos;
    private long notBeforeNanos;
    private int failures;

    /** Notes that an agent, or an attempt to start one, has failed. */
    void failed(long nowNanos) {
        failures = failures > 0 && nowNanos - failedNanos < WELL_NANOS ? failures + 1 : 1;
        failedNanos = nowNanos;
        notBeforeNanos = nowNanos + delayNanos();
    }

    private long delayNanos() {
        if (failures == 1) {
            return 0;
        }
        return Math.min(LONGEST_NANOS, FIRST_NANOS << Math.min(failures - 2, 20));
    }

    boolean isDue(long nowNanos) {
        return nowNanos - notBeforeNanos >= 0;
    }

    /** Returns how often it has failed lately; 0 once it has gone well for a while. */
    int lately(long nowNanos) {
        return failures > 0 && nowNanos - failedNanos < WELL_NANOS + delayNanos() ? failures : 0;
    }
}
