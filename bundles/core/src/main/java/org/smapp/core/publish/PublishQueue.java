package org.smapp.core.publish;

import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Events that wait to be published. Bounded: when it is full, further events are counted and dropped, so that no slow
 * handler holds up the agent.
 *
 * <p>Thread-safe.
 */
public final class PublishQueue {

    /** Comes after the last event. */
    private static final Published END = new Published(null, false, 0);

    private final LinkedBlockingQueue<Published> queue = new LinkedBlockingQueue<>();
    private final AtomicLong dropped = new AtomicLong();
    private volatile int capacity;

    /** @param capacity how many events may wait */
    public PublishQueue(int capacity) {
        this.capacity = capacity;
    }

    /** Changes how many events may wait; those that wait already stay. */
    public void capacity(int next) {
        capacity = next;
    }

    void offer(Published published) {
        if (queue.size() < capacity) {
            queue.add(published);
        } else {
            dropped.incrementAndGet();
        }
    }

    /** Says that no event will follow those that wait. */
    public void end() {
        queue.add(END);
    }

    /** Waits for the next event; returns null when there will be none. */
    Published take() throws InterruptedException {
        Published next = queue.take();
        return next == END ? null : next;
    }

    /** Returns how many events wait. */
    public int waiting() {
        return queue.size();
    }

    /** Returns how many events were dropped since the start. */
    public long dropped() {
        return dropped.get();
    }
}
