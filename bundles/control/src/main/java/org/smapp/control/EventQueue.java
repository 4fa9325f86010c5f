package org.smapp.control;

import java.util.ArrayDeque;
import java.util.Map;

/**
 * Lines on their way to one client that follows the events. Bounded: lines that find no room are counted, and the client is
 * told with {@code {"lost":n}} at the place where they are missing. Thread-safe.
 */
final class EventQueue {

    private final int capacity;
    private final Runnable filled;
    private final ArrayDeque<byte[]> lines = new ArrayDeque<>();
    private long lost;

    /** Calls {@code filled} whenever there is something to poll. */
    EventQueue(int capacity, Runnable filled) {
        this.capacity = capacity;
        this.filled = filled;
    }

    void offer(byte[] line) {
        synchronized (this) {
            if (lines.size() >= capacity) {
                lost++;
                return;
            }
            addLoss();
            lines.add(line);
        }
        filled.run();
    }

    /** Returns the next line, or null when there is none. */
    synchronized byte[] poll() {
        if (lines.isEmpty()) {
            addLoss();
        }
        return lines.poll();
    }

    private void addLoss() {
        if (lost > 0) {
            lines.add(Answer.object(Map.of("lost", lost)));
            lost = 0;
        }
    }
}
