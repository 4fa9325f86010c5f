package org.smapp.api.event;

import java.util.Map;

/**
 * The connection table was compared with the kernel.
 *
 * @param connections how many connections the table holds now
 * @param subflows how many subflows they have
 * @param tookMs how long it took, in milliseconds
 * @param reason what made it necessary
 */
public record Recovered(int connections, int subflows, long tookMs, String reason) implements PlatformEvent {

    /** Its topic. */
    public static final String TOPIC = TOPIC_PREFIX + "RECOVERED";

    @Override
    public String topic() {
        return TOPIC;
    }

    @Override
    public Map<String, Object> properties() {
        return new EventProperties()
                .with("connections", connections)
                .with("subflows", subflows)
                .with("tookMs", tookMs)
                .with("reason", reason)
                .map();
    }

    @Override
    public String sentence() {
        return "compared with the kernel in " + tookMs + " ms because " + reason + ": " + connections + " connections, "
                + subflows + " subflows";
    }
}
