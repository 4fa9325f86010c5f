package org.smapp.api.event;

import java.util.Map;
import org.smapp.api.Token;

/**
 * The local application closed the connection (kernel event 3), or a look at the kernel's sockets showed that it is
 * gone.
 *
 * @param token the connection
 */
public record ConnectionClosed(Token token) implements ConnectionEvent {

    /** Its topic. */
    public static final String TOPIC = TOPIC_PREFIX + "CONNECTION_CLOSED";

    @Override
    public String topic() {
        return TOPIC;
    }

    @Override
    public Map<String, Object> properties() {
        return EventProperties.of(token).map();
    }

    @Override
    public String sentence() {
        return "connection closed";
    }

    @Override
    public <R> R accept(Handler<R> handler) {
        return handler.connectionClosed(this);
    }
}
