package org.smapp.walkthrough;

import com.google.gson.JsonObject;
import java.util.Optional;
import java.util.Set;

/** What the daemon's events say. */
final class EventText {

    /** Would only distract: commands and what becomes of them tell the same. */
    private static final Set<String> LEFT_OUT = Set.of(
            "CONNECTION_CREATED",
            "ADDRESS_ANNOUNCED",
            "ADDRESS_REMOVED",
            "SUBFLOW_PRIORITY",
            "SUBFLOW_TIMEOUT",
            "LISTENER_CREATED",
            "LISTENER_CLOSED",
            "EVENTS_LOST",
            "RECOVERED");

    private EventText() {}

    /** Returns the topic's last part, such as {@code SUBFLOW_CLOSED}. */
    static String topic(JsonObject event) {
        return text(event, "topic");
    }

    static String text(JsonObject event, String name) {
        return event.has(name) && !event.get(name).isJsonNull()
                ? event.get(name).getAsString()
                : "";
    }

    /** Returns a line for the timeline, or nothing for an event that would only distract. */
    static Optional<String> of(JsonObject event) {
        return Optional.of(text(event, "message"))
                .filter(sentence -> !sentence.isEmpty() && !LEFT_OUT.contains(topic(event)));
    }

    static double reactionMicros(JsonObject event) {
        return event.get("reactionNanos").getAsLong() / 1e3;
    }
}
