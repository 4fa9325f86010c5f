package org.smapp.api.event;

import java.util.Map;
import org.smapp.api.TransportAddress;

/**
 * A socket of this host began to listen for MPTCP connections (kernel event 15).
 *
 * @param local where it listens
 */
public record ListenerCreated(TransportAddress local) implements KernelEvent {

    /** Its topic. */
    public static final String TOPIC = TOPIC_PREFIX + "LISTENER_CREATED";

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
        return "listener created, " + local.unmapped();
    }
}
