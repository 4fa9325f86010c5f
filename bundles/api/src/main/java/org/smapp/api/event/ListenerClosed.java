package org.smapp.api.event;

import java.util.Map;
import org.smapp.api.TransportAddress;

/**
 * A socket stopped listening for MPTCP connections (kernel event 16).
 *
 * @param local where it listened
 */
public record ListenerClosed(TransportAddress local) implements KernelEvent {

    /** Its topic. */
    public static final String TOPIC = TOPIC_PREFIX + "LISTENER_CLOSED";

    @Override
    public String topic() {
        return TOPIC;
    }

    @Override
    public Map<String, Object> properties() {
        return new EventProperties().with("local", local).map();
    }

    @Override
    public String sentence() {
        return "listener closed, " + local.unmapped();
    }
}
