package org.smapp.core.agent;

import java.time.Duration;

/** A clock that a test sets. */
final class ManualClock implements AgentClock {

    private static final long BEGINNING_MS = 1_000_000;

    /** Not far from where it wraps around. */
    private long nanos = Long.MAX_VALUE - 1_000;

    private long epochMs = BEGINNING_MS;

    @Override
    public long nanoTime() {
        return nanos;
    }

    @Override
    public long epochMs() {
        return epochMs;
    }

    void advance(Duration time) {
        nanos += time.toNanos();
        epochMs += time.toMillis();
    }
}
