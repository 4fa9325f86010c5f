package org.smapp.control;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class EventQueueTest {

    private final AtomicInteger filled = new AtomicInteger();
    private final EventQueue queue = new EventQueue(2, filled::incrementAndGet);

    @Test
    void shouldKeepTheOrder() {
        offer("a", "b");

        assertEquals("a", poll());
        assertEquals("b", poll());
        assertNull(queue.poll());
        assertEquals(2, filled.get());
    }

    @Test
    void shouldSayWhatIsMissingWhereItIsMissing() {
        offer("a", "b", "c", "d");
        assertEquals("a", poll());
        offer("e");

        assertEquals("b", poll());
        assertEquals("{\"lost\":2}\n", poll());
        assertEquals("e", poll());
        assertNull(queue.poll());
    }

    @Test
    void shouldSayWhatIsMissingEvenWhenNothingFollows() {
        offer("a", "b", "c");

        assertEquals("a", poll());
        assertEquals("b", poll());
        assertEquals("{\"lost\":1}\n", poll());
        assertNull(queue.poll());
    }

    private void offer(String... lines) {
        for (String line : lines) {
            queue.offer(line.getBytes(StandardCharsets.UTF_8));
        }
    }

    private String poll() {
        return new String(queue.poll(), StandardCharsets.UTF_8);
    }
}
