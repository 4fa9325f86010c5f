package org.smapp.api.controller;

import org.osgi.annotation.versioning.ConsumerType;
import org.smapp.api.event.AddressAnnounced;
import org.smapp.api.event.AddressRemoved;
import org.smapp.api.event.ConnectionEstablished;
import org.smapp.api.event.LocalAddressAdded;
import org.smapp.api.event.LocalAddressRemoved;
import org.smapp.api.event.SubflowClosed;
import org.smapp.api.event.SubflowEstablished;
import org.smapp.api.event.SubflowPriority;
import org.smapp.api.event.SubflowTimeout;

/**
 * Hears of one connection. When a method is called, the {@link Connection} shows the state after the event.
 *
 * <p>Called on the agent's thread only, as {@link SubflowController} says.
 */
@ConsumerType
public interface ConnectionHandler {

    /**
     * More subflows may be possible than before. {@link #onEstablished}, {@link #onAddressAnnounced} and
     * {@link #onLocalAddressAdded} call this unless they are overridden.
     *
     * @param reason what happened, for {@link Connection#because}
     */
    default void onOpportunity(String reason) {}

    /** Subflows can be opened from now on. Not called when that was so already in {@link SubflowController#manage}. */
    default void onEstablished(ConnectionEstablished event) {
        onOpportunity("the connection is established");
    }

    /** The peer announced an address. */
    default void onAddressAnnounced(AddressAnnounced event) {
        onOpportunity("the peer announced " + event.remote());
    }

    /** The peer withdrew an address. */
    default void onAddressRemoved(AddressRemoved event) {}

    /** A further subflow works. */
    default void onSubflowEstablished(SubflowEstablished event) {}

    /** A subflow ended, or could not be established. */
    default void onSubflowClosed(SubflowClosed event) {}

    /** The peer changed a subflow's backup mark. */
    default void onSubflowPriority(SubflowPriority event) {}

    /** A subflow's retransmission timer expired. */
    default void onSubflowTimeout(SubflowTimeout event) {}

    /** A local address became usable. */
    default void onLocalAddressAdded(LocalAddressAdded event) {
        onOpportunity(event.address() + " became usable");
    }

    /** A local address is no longer usable. Subflows over it may still be there. */
    default void onLocalAddressRemoved(LocalAddressRemoved event) {}

    /**
     * The settings changed: {@link Connection#settings} returns the new ones.
     *
     * @return whether this goes on with them. If not, this is released, and the connection comes to
     *     {@link SubflowController#manage} anew.
     */
    default boolean onSettingsChanged() {
        return false;
    }

    /** The connection closed, or belongs to somebody else now: the last call. */
    default void released() {}
}
