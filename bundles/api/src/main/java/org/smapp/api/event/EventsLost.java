package org.smapp.api.event;

import java.util.Map;

/**
 * Events were lost. The connection table is compared with the kernel next.
 *
 * @param source which queue overflowed, such as {@code kernel} or {@code event-admin}
 * @param count how many were lost, or -1 when only the kernel knows
 */
public record EventsLost(String source, long count) implements PlatformEvent {

    /** Its topic. */
    public static final String TOPIC = TOPIC_PREFIX + "EVENTS_LOST";

    @Override
    public String topic() {
        return TOPIC;
    }

    @Override
    public Map<String, Object> properties() {
        return new EventProperties().with("source", source).with("count", count).map();
    }

    @Override
    public String sentence() {
        return "events lost by " + source + (count < 0 ? "" : ": " + count);
    }
}
