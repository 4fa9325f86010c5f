package org.smapp.core.publish;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.service.event.Event;
import org.osgi.service.event.EventAdmin;
import org.osgi.service.event.EventConstants;
import org.smapp.api.Token;
import org.smapp.api.event.ConnectionClosed;
import org.smapp.api.event.EventsLost;
import org.smapp.api.event.JournalEntry;
import org.smapp.api.event.Recovered;
import org.smapp.core.memory.ConnectionMemory;
import org.smapp.core.memory.MemoryFile;

/** From an agent's outbox to Event Admin and the journal, on this thread: the queue is ended before the publisher runs. */
final class PublisherTest {

    private static final Recovered DECISION = new Recovered(1, 2, 3, "a test");

    @TempDir
    Path folder;

    private final PublishQueue queue = new PublishQueue(300);
    private final Journal journal = new Journal(2);
    private final List<Event> published = new ArrayList<>();
    private long now = 1_000;
    private final Outbox outbox = new Outbox(queue, () -> now);
    private Publisher publisher;
    private int renewals;

    @BeforeEach
    void make() {
        ConnectionMemory memory = new ConnectionMemory(new MemoryFile(folder.resolve("connections")));
        publisher = new Publisher(queue, journal, memory, new PathTroubles(), () -> {
            renewals++;
            return List.of();
        });
        publisher.eventAdmin(new EventAdmin() {
            @Override
            public void postEvent(Event event) {
                throw new AssertionError("events are sent one after the other");
            }

            @Override
            public void sendEvent(Event event) {
                published.add(event);
            }
        });
    }

    private static ConnectionClosed closed(int token) {
        return new ConnectionClosed(new Token(token));
    }

    private void publish() {
        outbox.flush();
        queue.end();
        publisher.run();
    }

    @Test
    void shouldTellEventAdminWhenAndHow() {
        outbox.add(closed(7), true);
        publish();
        Event event = published.get(0);
        assertEquals("org/smapp/event/CONNECTION_CLOSED", event.getTopic());
        assertEquals(1_000L, event.getProperty(EventConstants.TIMESTAMP));
        assertEquals(true, event.getProperty(Publisher.RECOVERED));
        assertEquals(List.of(), journal.entries(), "no decision");
    }

    @Test
    void shouldKeepTheLatestDecisions() {
        for (int i = 0; i < 3; i++) {
            now = i;
            outbox.add(DECISION, false);
        }
        publish();
        assertEquals(
                List.of(
                        new JournalEntry(Instant.ofEpochMilli(1), DECISION),
                        new JournalEntry(Instant.ofEpochMilli(2), DECISION)),
                journal.entries());
        assertEquals(3, renewals, "what is remembered is compared after each look at the kernel");
    }

    @Test
    void shouldSayHowManyEventsFoundNoRoom() {
        queue.capacity(2);
        for (int i = 0; i < 5; i++) {
            outbox.add(closed(i), false);
        }
        outbox.flush();
        assertEquals(2, queue.waiting());
        assertEquals(3, queue.dropped());
        publish();
        assertEquals(3, published.size());
        assertEquals("org/smapp/event/EVENTS_LOST", published.get(0).getTopic());
        assertEquals(new EventsLost("publisher", 3), journal.entries().get(0).event());
        assertEquals(1, renewals);
    }

    @Test
    void shouldGoOnWithoutEventAdmin() {
        publisher.eventAdmin(null);
        outbox.add(DECISION, false);
        publish();
        assertEquals(1, journal.entries().size());
        assertEquals(List.of(), published);
    }

    @Test
    void shouldHandOverOnceMuchWaitsOrSomethingLongDoes() {
        assertFalse(outbox.isDue());
        outbox.add(closed(0), false);
        assertTrue(outbox.hasCollected());
        now += 49;
        assertFalse(outbox.isDue());
        now += 1;
        assertTrue(outbox.isDue());
        outbox.flush();
        assertFalse(outbox.hasCollected() || outbox.isDue());
        for (int i = 0; i < 255; i++) {
            outbox.add(closed(i), false);
        }
        assertFalse(outbox.isDue());
        outbox.add(closed(255), false);
        assertTrue(outbox.isDue());
    }

    @Test
    void shouldLetNothingOutOfAnAgentThatWasShutOut() {
        outbox.add(closed(0), false);
        outbox.close();
        publish();
        assertEquals(List.of(), published);
        assertFalse(outbox.hasCollected());
    }

    @Test
    void shouldChangeHowMuchTheJournalKeeps() {
        journal.capacity(1);
        outbox.add(DECISION, false);
        outbox.add(new EventsLost("a test", 1), false);
        publish();
        assertEquals(1, journal.entries().size());
    }
}
