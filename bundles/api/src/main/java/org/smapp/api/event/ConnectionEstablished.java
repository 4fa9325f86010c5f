package org.smapp.api.event;

import java.util.Map;
import org.smapp.api.FourTuple;
import org.smapp.api.Side;
import org.smapp.api.Token;

/**
 * A connection is fully established (kernel event 2): subflows can be opened from now on. A client's connection gets
 * there with the first data or acknowledgement at MPTCP level, so an idle one may never.
 *
 * @param token the connection
 * @param side which end this host is
 * @param tuple the ends of its initial subflow
 * @param denyJoinId0 whether the peer wants no further subflow to the address the connection began with
 */
public record ConnectionEstablished(Token token, Side side, FourTuple tuple, boolean denyJoinId0)
        implements ConnectionEvent {

    /** Its topic. */
    public static final String TOPIC = TOPIC_PREFIX + "CONNECTION_ESTABLISHED";

    @Override
    public String topic() {
        return TOPIC;
    }

    @Override
    public Map<String, Object> properties() {
        return EventProperties.connection(token, side, tuple, denyJoinId0).map();
    }

    @Override
    public String sentence() {
        return "connection established, " + tuple.unmapped();
    }

    @Override
    public <R> R accept(Handler<R> handler) {
        return handler.connectionEstablished(this);
    }
}
