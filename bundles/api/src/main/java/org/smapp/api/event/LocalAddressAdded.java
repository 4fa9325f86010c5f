package org.smapp.api.event;

import org.smapp.api.LocalAddress;

/**
 * A local address became usable: it was added, or its link got carrier, or its duplicate address detection ended well.
 *
 * @param address the address
 * @param reason what happened
 */
public record LocalAddressAdded(LocalAddress address, String reason) implements Event {
    @Override
    public <R> R accept(Handler<R> handler) {
        return handler.localAddressAdded(this);
    }
}
