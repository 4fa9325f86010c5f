package org.smapp.core.agent;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** A clock by which a tenth of a second passes from one look to the next: what lasts a certain time is over at once. */
public final class HastyClock implements AgentClock {

    private static final long STEP_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    private final AtomicLong nanos = new AtomicLong();

    @Override
    public long nanoTime() {
        return nanos.addAndGet(STEP_NANOS);
    }

    @Override
    public long epochMs() {
        return AgentClock.SYSTEM.epochMs();
    }
}
