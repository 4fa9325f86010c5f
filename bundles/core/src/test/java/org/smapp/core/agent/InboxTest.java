package org.smapp.core.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.smapp.linux.LinuxException;
import org.smapp.linux.NativeLinux;
import org.smapp.linux.Poller;

/** What becomes of messages to the agent. */
final class InboxTest {

    private final List<String> heard = new ArrayList<>();
    private Poller poller;
    private Inbox inbox;

    @BeforeEach
    void open() throws LinuxException {
        poller = NativeLinux.load().openPoller();
        inbox = new Inbox(poller);
    }

    @AfterEach
    void close() {
        poller.close();
    }

    private Message message(String name) {
        return new Message() {
            @Override
            public void run() {
                heard.add(name + " done");
            }

            @Override
            public void dropped() {
                heard.add(name + " dropped");
            }
        };
    }

    @Test
    void shouldCarryOutInOrder() {
        inbox.tell(message("one"));
        inbox.tell(message("two"));
        assertEquals(2, inbox.size());
        inbox.carryOut();
        assertEquals(List.of("one done", "two done"), heard);
        assertTrue(inbox.isEmpty());
    }

    @Test
    void shouldDropWhatWaitsAndWhatComesOnceItIsClosed() {
        inbox.tell(message("one"));
        inbox.close();
        assertTrue(inbox.tell(message("two")));
        inbox.carryOut();
        assertEquals(List.of("one dropped", "two dropped"), heard);
    }

    @Test
    void shouldRefuseWhatDoesNotFit() {
        while (inbox.size() < 4096) {
            assertTrue(inbox.tell(() -> {}));
        }
        assertFalse(inbox.tell(message("more")));
        assertEquals(List.of(), heard);
    }

    @Test
    void shouldLoseNoMessageWhoeverClosesMeanwhile() throws Exception {
        ExecutorService other = Executors.newSingleThreadExecutor();
        for (int round = 0; round < 2_000; round++) {
            inbox = new Inbox(poller);
            AtomicInteger dropped = new AtomicInteger();
            CountDownLatch begin = new CountDownLatch(1);
            Future<?> closing = other.submit(() -> {
                begin.await();
                inbox.close();
                return null;
            });
            begin.countDown();
            for (int i = 0; i < 20; i++) {
                inbox.tell(new Message() {
                    @Override
                    public void run() {}

                    @Override
                    public void dropped() {
                        dropped.incrementAndGet();
                    }
                });
            }
            closing.get();
            assertEquals(20, dropped.get());
        }
        other.shutdown();
    }
}
