package org.smapp.api.event;

import java.util.Map;
import org.smapp.api.Token;
import org.smapp.api.TransportAddress;

/**
 * The peer announced an address (kernel event 6); repeated when the peer retransmits.
 *
 * @param token the connection
 * @param remoteId the peer's address id, 1 to 255
 * @param remote the address; the port is that of the carrying subflow's remote end unless the peer named one
 */
public record AddressAnnounced(Token token, int remoteId, TransportAddress remote) implements ConnectionEvent {

    /** Its topic. */
    public static final String TOPIC = TOPIC_PREFIX + "ADDRESS_ANNOUNCED";

    @Override
    public String topic() {
        return TOPIC;
    }

    @Override
    public Map<String, Object> properties() {
        return EventProperties.of(token)
                .with("remoteId", remoteId)
                .with("remote", remote)
                .map();
    }

    @Override
    public String sentence() {
        return "peer announced " + remote.unmapped() + " as address id " + remoteId;
    }

    @Override
    public <R> R accept(Handler<R> handler) {
        return handler.addressAnnounced(this);
    }
}
