package org.smapp.api.event;

import org.smapp.api.LocalAddress;

/**
 * A local address is no longer usable: it was deleted, or its link went down or lost carrier.
 *
 * @param address the address as it was
 * @param reason what happened
 */
public record LocalAddressRemoved(LocalAddress address, String reason) implements Event {
    @Override
    public <R> R accept(Handler<R> handler) {
        return handler.localAddressRemoved(this);
    }
}
