package org.smapp.control;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.service.event.Event;
import org.osgi.service.event.EventConstants;
import org.osgi.service.event.EventHandler;
import org.smapp.api.event.ConnectionClosed;

@Timeout(20)
class EventStreamTest {

    private static final String FOLLOW = "{\"op\":\"events\"}\n";
    private static final long EPOCH_MS =
            Instant.parse("2026-01-02T03:04:05.678Z").toEpochMilli();

    @TempDir
    Path folder;

    private final BlockingQueue<EventHandler> registered = new LinkedBlockingQueue<>();
    private final BlockingQueue<EventHandler> unregistered = new LinkedBlockingQueue<>();
    private Path path;
    private ControlServer server;

    @BeforeEach
    void setUp() throws IOException {
        path = folder.resolve("control.sock");
        Operations operations =
                new Operations(new FakePathManager(), new FakeMeasurements(), new FakeConfigurations(), List::of);
        server = ControlServer.start(
                SocketFile.open(path),
                operations,
                handler -> {
                    registered.add(handler);
                    return () -> unregistered.add(handler);
                },
                System::nanoTime);
    }

    @AfterEach
    void tearDown() {
        server.close();
    }

    @Test
    void shouldPassEventsOn() throws Exception {
        try (TestClient client = new TestClient(path)) {
            EventHandler handler = follow(client);

            handler.handleEvent(closed(0xbeef));

            assertEquals(
                    "{\"topic\":\"CONNECTION_CLOSED\",\"time\":\"2026-01-02T03:04:05.678Z\",\"token\":48879,"
                            + "\"recovered\":false}",
                    client.line());
        }
    }

    @Test
    void shouldListenOnlyWhileSomebodyFollows() throws Exception {
        try (TestClient first = new TestClient(path)) {
            EventHandler handler = follow(first);
            TestClient second = new TestClient(path);
            second.send("{\"op\":\"health\"}\n" + FOLLOW);
            second.line(); // answered: its other request has been seen too
            second.close();
            handler.handleEvent(closed(1));
            assertTrue(first.line().contains("CONNECTION_CLOSED"));
            assertTrue(unregistered.isEmpty());
        }
        unregistered.take();
        assertTrue(registered.isEmpty());

        try (TestClient third = new TestClient(path)) {
            follow(third).handleEvent(closed(2));
            assertTrue(third.line().contains("\"token\":2"));
        }
    }

    @Test
    void shouldUnregisterWhenItStops() throws Exception {
        try (TestClient client = new TestClient(path)) {
            EventHandler handler = follow(client);
            server.close();
            assertEquals(handler, unregistered.take());
        }
    }

    @Test
    void shouldTellASlowClientHowMuchItLost() throws Exception {
        int published = 20_000;
        try (TestClient client = new TestClient(path)) {
            EventHandler handler = follow(client);
            for (int i = 0; i < published; i++) {
                handler.handleEvent(closed(i));
            }
            int received = 0;
            long lost = 0;
            while (received + lost < published) {
                String line = client.line();
                if (line.startsWith("{\"lost\":")) {
                    lost += Long.parseLong(line.substring(8, line.length() - 1));
                } else {
                    assertTrue(line.contains("\"token\":" + (received + lost) + ","), line);
                    received++;
                }
            }
            assertTrue(lost > 0, "nothing was lost");
            assertTrue(received >= Answering.MAX_QUEUED_EVENTS, "received " + received);
        }
    }

    @Test
    void shouldCopeWithForeignProperties() throws Exception {
        try (TestClient client = new TestClient(path)) {
            EventHandler handler = follow(client);

            handler.handleEvent(new Event(
                    org.smapp.api.event.Event.TOPIC_PREFIX + "STRANGE",
                    Map.of("nan", Double.NaN, "thread", Token.A, "timestamp", "now")));

            assertEquals("{\"topic\":\"STRANGE\",\"time\":null,\"nan\":\"NaN\",\"thread\":\"A\"}", client.line());
        }
    }

    private enum Token {
        A
    }

    private EventHandler follow(TestClient client) throws Exception {
        client.send(FOLLOW);
        return registered.take();
    }

    private static Event closed(int token) {
        Map<String, Object> properties =
                new HashMap<>(new ConnectionClosed(new org.smapp.api.Token(token)).properties());
        properties.put(EventConstants.TIMESTAMP, EPOCH_MS);
        properties.put("recovered", false);
        return new Event(ConnectionClosed.TOPIC, properties);
    }
}
