package org.smapp.core.agent;

import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import org.smapp.linux.Poller;

/**
 * What others ask of the agent, first come, first served, and bounded. Each message is either carried out or dropped, and
 * hears which.
 *
 * <p>Thread-safe; {@link #carryOut} is for the agent's thread.
 */
final class Inbox {

    private static final int CAPACITY = 4096;

    private final BlockingQueue<Message> waiting = new ArrayBlockingQueue<>(CAPACITY);
    private final Poller poller;
    private volatile boolean closed;

    /** @param poller is what the agent waits at; a message wakes it up */
    Inbox(Poller poller) {
        this.poller = poller;
    }

    /** Puts {@code message} in; after {@link #close} it is dropped. Returns false if too many wait. */
    boolean tell(Message message) {
        if (closed) {
            message.dropped();
            return true;
        }
        boolean taken = waiting.offer(message);
        poller.wakeUp();
        if (closed) {
            dropAll(); // it may have come after the last look
        }
        return taken;
    }

    /** Carries out all that wait. */
    void carryOut() {
        for (Message next = waiting.poll(); next != null; next = waiting.poll()) {
            next.run();
        }
    }

    boolean isEmpty() {
        return waiting.isEmpty();
    }

    /** Returns how many wait. */
    int size() {
        return waiting.size();
    }

    /** Drops all that wait, and whatever comes. */
    void close() {
        closed = true;
        dropAll();
    }

    private void dropAll() {
        for (Message next = waiting.poll(); next != null; next = waiting.poll()) {
            next.dropped();
        }
    }
}
