package org.smapp.api.event;

import org.smapp.api.Token;

/**
 * The local application closed the connection (kernel event 3), or a look at the kernel's sockets showed that it is
 * gone.
 *
 * @param token the connection
 */
public record ConnectionClosed(Token token) implements ConnectionEvent {
    @Override
    public <R> R accept(Handler<R> handler) {
        return handler.connectionClosed(this);
    }
}
