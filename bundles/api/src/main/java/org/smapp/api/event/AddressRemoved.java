package org.smapp.api.event;

import java.util.Map;
import org.smapp.api.Token;

/**
 * The peer withdrew an address (kernel event 7).
 *
 * @param token the connection
 * @param remoteId the peer's address id, 0 to 255
 */
public record AddressRemoved(Token token, int remoteId) implements ConnectionEvent {

    /** Its topic. */
    public static final String TOPIC = TOPIC_PREFIX + "ADDRESS_REMOVED";

    @Override
    public String topic() {
        return TOPIC;
    }

    @Override
    public Map<String, Object> properties() {
        return EventProperties.of(token).with("remoteId", remoteId).map();
    }

    @Override
    public String sentence() {
        return "peer withdrew address id " + remoteId;
    }

    @Override
    public <R> R accept(Handler<R> handler) {
        return handler.addressRemoved(this);
    }
}
