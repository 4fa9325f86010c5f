package org.smapp.api.event;

/**
 * Something that happened: in the kernel's path manager, to this host's addresses, or in the platform. Immutable.
 *
 * <p>Each kind is one record, one method of {@link Handler} and one Event Admin topic ({@link Topics}); a new kind breaks, at
 * compile time, every consumer that forgot it.
 */
public sealed interface Event
        permits ConnectionEvent,
                ListenerCreated,
                ListenerClosed,
                LocalAddressAdded,
                LocalAddressRemoved,
                EventsLost,
                Recovered,
                ControllerQuarantined {

    /** Calls the method of {@code handler} that fits. */
    <R> R accept(Handler<R> handler);

    /** One method for each kind of event. */
    interface Handler<R> {
        R connectionCreated(ConnectionCreated event);

        R connectionEstablished(ConnectionEstablished event);

        R connectionClosed(ConnectionClosed event);

        R addressAnnounced(AddressAnnounced event);

        R addressRemoved(AddressRemoved event);

        R subflowEstablished(SubflowEstablished event);

        R subflowClosed(SubflowClosed event);

        R subflowPriority(SubflowPriority event);

        R subflowTimeout(SubflowTimeout event);

        R commandDone(CommandDone event);

        R controllerAssigned(ControllerAssigned event);

        R listenerCreated(ListenerCreated event);

        R listenerClosed(ListenerClosed event);

        R localAddressAdded(LocalAddressAdded event);

        R localAddressRemoved(LocalAddressRemoved event);

        R eventsLost(EventsLost event);

        R recovered(Recovered event);

        R controllerQuarantined(ControllerQuarantined event);
    }
}
