package org.smapp.controller.kit;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/**
 * How long to leave alone what failed: twice as long after each further failure in a row. Immutable.
 *
 * @param first how long after the first failure
 * @param most the longest wait
 * @param attempts the failure in a row that is the last: there is no further attempt after it
 */
public record Backoff(Duration first, Duration most, int attempts) {

    /** No further attempt. */
    public static final Backoff NEVER = new Backoff(Duration.ZERO, Duration.ZERO, 1);

    private static final int MOST_DOUBLINGS = 20;

    /** Returns one that never gives up. */
    public static Backoff ofMillis(long first, long most) {
        return new Backoff(Duration.ofMillis(first), Duration.ofMillis(most), Integer.MAX_VALUE);
    }

    /** Returns this with no more than so many attempts. */
    public Backoff upTo(int limit) {
        return new Backoff(first, most, Math.min(attempts, limit));
    }

    /**
     * Returns how long to wait: up to a tenth more than {@link #leastAfter} by chance, so that the connections of a line that
     * comes back don't all come at once.
     *
     * @param failures how many in a row, from 1
     */
    public Duration after(int failures) {
        Duration least = leastAfter(failures);
        return least.plusMillis(ThreadLocalRandom.current().nextLong(least.toMillis() / 10 + 1));
    }

    /** Returns how long to wait at least after so many failures in a row, from 1. */
    public Duration leastAfter(int failures) {
        long doubled = first.toMillis() << Math.min(failures - 1, MOST_DOUBLINGS);
        return Duration.ofMillis(Math.min(most.toMillis(), doubled));
    }
}
