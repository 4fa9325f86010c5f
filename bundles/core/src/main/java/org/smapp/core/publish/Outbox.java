package org.smapp.core.publish;

import java.util.ArrayList;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.function.LongSupplier;
import org.smapp.api.event.Event;

/**
 * Carries events from the agent to the publisher. The agent only collects while it works, and hands over when nothing has
 * come for a while or when much has: waking the publisher takes time, and what it then does takes a processor, just when the
 * next event of a new connection is due. What finds the queue full
 * is counted and dropped: nobody out there may hold up the agent.
 *
 * <p>{@link #add} and {@link #flush} are for the agent's thread, {@link #take} for the publisher's, the rest for any.
 */
public final class Outbox {

    private static final int MANY = 256;
    private static final long LONG_MS = 50;

    private final BlockingQueue<Published> queue;
    private final ArrayList<Published> collected = new ArrayList<>();
    private final LongSupplier epochMs;
    private volatile long dropped;

    /**
     * @param capacity how many events may wait
     * @param epochMs the clock
     */
    public Outbox(int capacity, LongSupplier epochMs) {
        this.queue = new ArrayBlockingQueue<>(capacity);
        this.epochMs = epochMs;
    }

    /** Collects an event. */
    public void add(Event event, boolean recovered) {
        collected.add(new Published(event, recovered, epochMs.getAsLong()));
    }

    /** Returns whether something waits to be handed over. */
    public boolean hasCollected() {
        return !collected.isEmpty();
    }

    /** Returns whether what was collected should be handed over even though the agent is busy. */
    public boolean isDue() {
        return collected.size() >= MANY
                || !collected.isEmpty()
                        && epochMs.getAsLong() - collected.get(0).epochMs() >= LONG_MS;
    }

    /** Hands over what was collected. */
    public void flush() {
        if (collected.isEmpty()) {
            return;
        }
        long lost = 0;
        for (Published each : collected) {
            lost += queue.offer(each) ? 0 : 1;
        }
        collected.clear();
        if (lost > 0) {
            dropped = dropped + lost; // only this thread writes it
        }
    }

    /** Waits for the next event. */
    Published take() throws InterruptedException {
        return queue.take();
    }

    /** Returns how many events wait. */
    public int waiting() {
        return queue.size();
    }

    /** Returns how many events were dropped since the start. */
    public long dropped() {
        return dropped;
    }
}
