package org.smapp.api.event;

import org.smapp.api.TransportAddress;

/**
 * A socket of this host began to listen for MPTCP connections (kernel event 15).
 *
 * @param local where it listens
 */
public record ListenerCreated(TransportAddress local) implements Event {
    @Override
    public <R> R accept(Handler<R> handler) {
        return handler.listenerCreated(this);
    }
}
