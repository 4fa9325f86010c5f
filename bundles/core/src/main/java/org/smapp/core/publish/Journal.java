package org.smapp.core.publish;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import org.smapp.api.CloseCause;
import org.smapp.api.event.Event;
import org.smapp.api.event.JournalEntry;
import org.smapp.api.event.PlatformEvent;
import org.smapp.api.event.SubflowClosed;

/**
 * The latest decisions and what led to them, in memory.
 *
 * <p>Thread-safe.
 */
public final class Journal {

    private int capacity;
    private final ArrayDeque<JournalEntry> entries = new ArrayDeque<>();

    /** @param capacity how many entries are kept */
    public Journal(int capacity) {
        this.capacity = capacity;
    }

    /** Returns whether an event belongs here: a decision or its cause, such as the end of a subflow that failed. */
    static boolean belongs(Event event) {
        return event instanceof PlatformEvent
                || event instanceof SubflowClosed closed && !closed.cause().equals(CloseCause.ORDERLY);
    }

    /** Changes how many entries are kept. */
    public synchronized void capacity(int next) {
        capacity = next;
    }

    synchronized void add(Published published) {
        while (entries.size() >= capacity) {
            entries.removeFirst();
        }
        entries.addLast(new JournalEntry(Instant.ofEpochMilli(published.epochMs()), published.event()));
    }

    /** Returns the entries, the oldest first. */
    public synchronized List<JournalEntry> entries() {
        return new ArrayList<>(entries);
    }
}
