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

    /** One method for each kind of event; those about a connection are {@link ConnectionEvent.Handler}'s. */
    interface Handler<R> extends ConnectionEvent.Handler<R> {
        R listenerCreated(ListenerCreated event);

        R listenerClosed(ListenerClosed event);

        R localAddressAdded(LocalAddressAdded event);

        R localAddressRemoved(LocalAddressRemoved event);

        R eventsLost(EventsLost event);

        R recovered(Recovered event);

        R controllerQuarantined(ControllerQuarantined event);
    }
}
