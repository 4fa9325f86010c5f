package org.smapp.api.event;

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
    @Override
    public <R> R accept(Handler<R> handler) {
        return handler.addressAnnounced(this);
    }
}
