package org.smapp.api.event;

import java.util.Map;
import java.util.Optional;
import org.smapp.api.Token;

/**
 * Something that happened: what the kernel told, or what the platform found out or did. Immutable.
 *
 * <p>Each kind is one record, which says by itself what handlers, programs and people get to see of it. {@link #properties}
 * and {@link #sentence} make garbage: they are not for the way from an event to a command.
 */
public sealed interface Event permits KernelEvent, PlatformEvent {

    /** What all Event Admin topics begin with; {@code TOPIC_PREFIX + "*"} matches them all. */
    String TOPIC_PREFIX = "org/smapp/event/";

    /** Returns the Event Admin topic: one for each kind, without ids. The record has it as its constant {@code TOPIC}, too. */
    String topic();

    /** Returns the topic's last part, such as {@code SUBFLOW_CLOSED}. */
    default String type() {
        return topic().substring(TOPIC_PREFIX.length());
    }

    /**
     * Returns what is known of it in a map of the caller's own, in a fixed order, as String, Boolean, Integer or Long. Event
     * Admin, the control socket and the journal all use these names.
     */
    Map<String, Object> properties();

    /** Returns one line for people; it doesn't say which connection. */
    String sentence();

    /** Returns the connection that it is about, if it is about one. */
    default Optional<Token> connection() {
        return Optional.empty();
    }
}
