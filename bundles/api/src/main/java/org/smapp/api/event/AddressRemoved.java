package org.smapp.api.event;

import org.smapp.api.Token;

/**
 * The peer withdrew an address (kernel event 7).
 *
 * @param token the connection
 * @param remoteId the peer's address id, 0 to 255
 */
public record AddressRemoved(Token token, int remoteId) implements ConnectionEvent {
    @Override
    public <R> R accept(Handler<R> handler) {
        return handler.addressRemoved(this);
    }
}
