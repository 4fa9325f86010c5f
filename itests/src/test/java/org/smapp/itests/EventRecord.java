package org.smapp.itests;

import java.time.Duration;
import java.util.Hashtable;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.event.Event;
import org.osgi.service.event.EventConstants;
import org.osgi.service.event.EventHandler;
import org.smapp.testkit.lab.Deadline;

/** What an Event Admin handler of all SMAPP topics got to hear. Thread-safe. */
final class EventRecord implements EventHandler, AutoCloseable {

    private static final Duration SOON = Duration.ofSeconds(20);

    private final List<Event> events = new CopyOnWriteArrayList<>();
    private final ServiceRegistration<EventHandler> registration;

    EventRecord(BundleContext context) {
        Hashtable<String, Object> properties = new Hashtable<>();
        properties.put(EventConstants.EVENT_TOPIC, org.smapp.api.event.Event.TOPIC_PREFIX + "*");
        registration = context.registerService(EventHandler.class, this, properties);
    }

    @Override
    public void handleEvent(Event event) {
        events.add(event);
    }

    List<Event> of(String topic) {
        return events.stream().filter(each -> each.getTopic().equals(topic)).toList();
    }

    /** Returns the first event of {@code topic} that is as wanted, as soon as there is one. */
    Event await(String topic, Predicate<Event> wanted) {
        Deadline.waitFor(topic + " in " + events, SOON, () -> of(topic).stream().anyMatch(wanted));
        return of(topic).stream().filter(wanted).findFirst().orElseThrow();
    }

    /** Waits for an event of {@code topic} whose property is as wanted. */
    Event await(String topic, String property, Object value) {
        return await(topic, event -> value.equals(event.getProperty(property)));
    }

    @Override
    public void close() {
        registration.unregister();
    }
}
