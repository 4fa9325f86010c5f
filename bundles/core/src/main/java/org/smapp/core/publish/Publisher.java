package org.smapp.core.publish;

import java.util.Collection;
import java.util.Map;
import java.util.function.Supplier;
import org.osgi.service.event.Event;
import org.osgi.service.event.EventAdmin;
import org.osgi.service.event.EventConstants;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.smapp.api.ConnectionSnapshot;
import org.smapp.api.event.EventsLost;
import org.smapp.api.event.Recovered;
import org.smapp.core.memory.ConnectionMemory;

/**
 * Tells the world what happened: the memory, the journal, the log and Event Admin. Handlers are called on this thread, one event after
 * the other; one that is slow makes the {@link PublishQueue} fill up and events be dropped, and that is announced as
 * {@link EventsLost} as soon as there is room.
 */
public final class Publisher implements Runnable {

    /** The property that says whether an event was found by comparing with the kernel. */
    public static final String RECOVERED = "recovered";

    private static final Logger LOG = LoggerFactory.getLogger(Publisher.class);

    private final PublishQueue queue;
    private final Journal journal;
    private final ConnectionMemory memory;
    private final PathTroubles troubles;
    private final Supplier<Collection<ConnectionSnapshot>> connections;
    private volatile EventAdmin eventAdmin;
    private long lossTold;

    /**
     * @param queue where events come from
     * @param journal where decisions go
     * @param memory keeps what the kernel can't be asked for
     * @param troubles keeps why paths carry nothing
     * @param connections those that there are
     */
    public Publisher(
            PublishQueue queue,
            Journal journal,
            ConnectionMemory memory,
            PathTroubles troubles,
            Supplier<Collection<ConnectionSnapshot>> connections) {
        this.queue = queue;
        this.journal = journal;
        this.memory = memory;
        this.troubles = troubles;
        this.connections = connections;
    }

    /** Sets whom to tell; null for nobody. */
    public void eventAdmin(EventAdmin next) {
        eventAdmin = next;
    }

    @Override
    public void run() {
        try {
            for (Published next = queue.take(); next != null; next = queue.take()) {
                memory.hear(next.event());
                troubles.hear(next.event(), next.epochMs());
                if (next.event() instanceof Recovered) {
                    memory.renew(connections.get());
                }
                if (queue.waiting() == 0) {
                    memory.save();
                }
                tellLoss(next.epochMs());
                tell(next);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // told to end in the middle of an event
        }
    }

    private void tellLoss(long epochMs) {
        long lost = queue.dropped() - lossTold;
        if (lost > 0) {
            lossTold += lost;
            memory.renew(connections.get());
            tell(new Published(new EventsLost("publisher", lost), false, epochMs));
        }
    }

    private void tell(Published published) {
        String sentence = published.event().sentence();
        String line = published.event().connection().map(token -> token + " ").orElse("") + sentence;
        if (Journal.belongs(published.event())) {
            journal.add(published);
            LOG.info(line);
        } else {
            LOG.debug(line);
        }
        EventAdmin admin = eventAdmin;
        if (admin != null) {
            admin.sendEvent(event(published, sentence));
        }
    }

    private static Event event(Published published, String sentence) {
        Map<String, Object> properties = published.event().properties();
        properties.put(EventConstants.MESSAGE, sentence);
        properties.put(EventConstants.TIMESTAMP, published.epochMs());
        properties.put(RECOVERED, published.recovered());
        return new Event(published.event().topic(), properties);
    }
}
