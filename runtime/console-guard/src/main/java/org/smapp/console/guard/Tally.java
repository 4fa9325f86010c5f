package org.smapp.console.guard;

import java.util.function.LongConsumer;
import java.util.function.LongSupplier;

/**
 * Counts something that may happen thousands of times a second, and reports it at once and then at most once a minute.
 * Thread-safe.
 */
final class Tally {

    private static final long TELL_AGAIN_NANOS = 60_000_000_000L;

    private final LongSupplier nanoClock;
    private final LongConsumer tell;
    private long total;
    private long told;
    private long toldAt;

    /** @param tell hears how many there were since it heard last */
    Tally(LongSupplier nanoClock, LongConsumer tell) {
        this.nanoClock = nanoClock;
        this.tell = tell;
    }

    void count() {
        long fresh;
        synchronized (this) {
            total++;
            long now = nanoClock.getAsLong();
            if (told > 0 && now - toldAt < TELL_AGAIN_NANOS) {
                return;
            }
            fresh = total - told;
            told = total;
            toldAt = now;
        }
        tell.accept(fresh);
    }

    synchronized long total() {
        return total;
    }
}
