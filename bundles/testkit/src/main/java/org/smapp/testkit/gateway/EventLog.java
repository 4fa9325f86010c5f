package org.smapp.testkit.gateway;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.smapp.testkit.lab.Deadline;
import org.smapp.testkit.lab.LabException;

/** Follows the events of a running SMAPP and remembers them. Thread-safe. */
public final class EventLog implements AutoCloseable {

    private final SocketChannel channel;
    private final Consumer<JsonObject> listener;
    private final List<JsonObject> events = new CopyOnWriteArrayList<>();

    EventLog(ControlSocket control, Consumer<JsonObject> listener) {
        this.listener = listener;
        try {
            channel = control.send(ControlSocket.request("events"));
        } catch (IOException e) {
            throw new LabException("SMAPP doesn't tell its events on " + control.path() + ": " + e.getMessage(), e);
        }
        Thread thread = new Thread(this::follow, "events");
        thread.setDaemon(true);
        thread.start();
    }

    private void follow() {
        try (BufferedReader reader = ControlSocket.reader(channel)) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                JsonObject event = JsonParser.parseString(line).getAsJsonObject();
                events.add(event);
                listener.accept(event);
            }
        } catch (IOException e) {
            // SMAPP or this log has closed the channel; whoever waits for an event runs into the deadline.
        }
    }

    /** Returns how many events there have been: the place where the next one goes. */
    public int size() {
        return events.size();
    }

    /** Returns the first event from place {@code from} on that fits, within {@code limit}. */
    public JsonObject await(String what, int from, Duration limit, Predicate<JsonObject> condition) {
        Deadline.waitFor(what, limit, () -> since(from, condition) > 0);
        return events.stream().skip(from).filter(condition).findFirst().orElseThrow();
    }

    /** Returns how many events from place {@code from} on fit. */
    public long since(int from, Predicate<JsonObject> condition) {
        return events.stream().skip(from).filter(condition).count();
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw new LabException("Can't stop following the events: " + e.getMessage(), e);
        }
    }
}
