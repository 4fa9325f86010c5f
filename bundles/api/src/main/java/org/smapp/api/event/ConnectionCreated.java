package org.smapp.api.event;

import java.util.Locale;
import java.util.Map;
import org.smapp.api.FourTuple;
import org.smapp.api.Side;
import org.smapp.api.Token;

/**
 * A connection's first subflow finished its handshake (kernel event 1). Further subflows are not possible yet.
 *
 * @param token the connection
 * @param side which end this host is
 * @param tuple the ends of its initial subflow
 * @param denyJoinId0 whether the peer wants no further subflow to the address the connection began with (RFC 8684, 3.1,
 *     bit C)
 */
public record ConnectionCreated(Token token, Side side, FourTuple tuple, boolean denyJoinId0)
        implements ConnectionEvent {

    /** Its topic. */
    public static final String TOPIC = TOPIC_PREFIX + "CONNECTION_CREATED";

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
        return "connection created, " + side.name().toLowerCase(Locale.ROOT) + ", " + tuple.unmapped();
    }

    @Override
    public <R> R accept(Handler<R> handler) {
        return handler.connectionCreated(this);
    }
}
