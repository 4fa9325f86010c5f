package org.smapp.core.publish;

import java.util.ArrayList;
import java.util.function.LongSupplier;
import org.smapp.api.event.Event;

/**
 * Where one agent puts what happened. The agent only collects, and hands over when nothing has come for a while or when
 * much has: waking the publisher takes time, and the publisher then takes a processor, just when the next event of a new
 * connection is due.
 *
 * <p>For the agent's thread, except {@link #close}, which is for any.
 */
public final class Outbox {

    private static final int MANY = 256;
    private static final long LONG_MS = 50;

    private final PublishQueue queue;
    private final ArrayList<Published> collected = new ArrayList<>();
    private final LongSupplier epochMs;
    private volatile boolean closed;

    /**
     * @param queue where events go
     * @param epochMs the clock
     */
    public Outbox(PublishQueue queue, LongSupplier epochMs) {
        this.queue = queue;
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
        if (!closed) {
            collected.forEach(queue::offer);
        }
        collected.clear();
    }

    /** Closes it: what is handed over from now on is dropped. */
    public void close() {
        closed = true;
    }
}
