package org.smapp.api.event;

import org.smapp.api.TransportAddress;

/**
 * A socket stopped listening for MPTCP connections (kernel event 16).
 *
 * @param local where it listened
 */
public record ListenerClosed(TransportAddress local) implements Event {
    @Override
    public <R> R accept(Handler<R> handler) {
        return handler.listenerClosed(this);
    }
}
