package org.smapp.testkit.lab;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/** Waiting for a condition rather than for a time. */
public final class Deadline {

    private static final long PAUSE_NANOS = 5_000_000;

    private Deadline() {}

    /** What is waited for. */
    @FunctionalInterface
    public interface Condition {
        /** Returns whether it is so. */
        boolean holds();
    }

    /**
     * Returns as soon as {@code condition} holds; asks every 5 ms.
     *
     * @param what the condition in words, for the message
     * @throws LabException if it doesn't hold within {@code limit}, or if the thread is interrupted
     */
    public static void waitFor(String what, Duration limit, Condition condition) {
        long start = System.nanoTime();
        while (!condition.holds()) {
            if (System.nanoTime() - start > limit.toNanos()) {
                throw new LabException("Not within " + limit.toMillis() + " ms: " + what);
            }
            LockSupport.parkNanos(PAUSE_NANOS);
            if (Thread.currentThread().isInterrupted()) {
                throw new LabException("Interrupted while waiting for: " + what);
            }
        }
    }
}
