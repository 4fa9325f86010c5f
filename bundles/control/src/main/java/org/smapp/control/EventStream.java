package org.smapp.control;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import org.osgi.service.event.Event;
import org.osgi.service.event.EventConstants;
import org.osgi.service.event.EventHandler;

/**
 * Passes events from Event Admin to those who follow them, and is registered there only while somebody does. Events arrive on
 * Event Admin's threads; everything else is for one thread.
 */
final class EventStream implements EventHandler {

    private static final String TOKEN = "token";

    private final Function<EventHandler, Runnable> register;
    private final List<EventQueue> followers = new CopyOnWriteArrayList<>();
    private Runnable unregister;

    /** Registers itself through {@code register}, which returns how to undo it. */
    EventStream(Function<EventHandler, Runnable> register) {
        this.register = register;
    }

    void add(EventQueue follower) {
        followers.add(follower);
        if (unregister == null) {
            unregister = register.apply(this);
        }
    }

    void remove(EventQueue follower) {
        followers.remove(follower);
        if (followers.isEmpty() && unregister != null) {
            Runnable undo = unregister;
            unregister = null;
            undo.run();
        }
    }

    @Override
    public void handleEvent(Event event) {
        byte[] line = Answer.object(shape(event));
        for (EventQueue follower : followers) {
            follower.offer(line);
        }
    }

    private static Map<String, Object> shape(Event event) {
        Map<String, Object> shape = new LinkedHashMap<>();
        shape.put("topic", event.getTopic().substring(event.getTopic().lastIndexOf('/') + 1));
        shape.put("time", time(event.getProperty(EventConstants.TIMESTAMP)));
        if (event.containsProperty(TOKEN)) {
            shape.put(TOKEN, plain(event.getProperty(TOKEN)));
        }
        // Event Admin does not keep the order of the properties: sorted, equal events at least look equal.
        for (String name : new TreeSet<>(List.of(event.getPropertyNames()))) {
            if (!name.equals(EventConstants.EVENT_TOPIC) && !name.equals(EventConstants.TIMESTAMP)) {
                shape.putIfAbsent(name, plain(event.getProperty(name)));
            }
        }
        return shape;
    }

    private static String time(Object timestamp) {
        return timestamp instanceof Long epochMs ? Instant.ofEpochMilli(epochMs).toString() : null;
    }

    /** Anybody may publish to these topics, with any kind of property. */
    private static Object plain(Object value) {
        boolean plain = value instanceof String
                || value instanceof Boolean
                || value instanceof Integer
                || value instanceof Long;
        return plain ? value : String.valueOf(value);
    }
}
