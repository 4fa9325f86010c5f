package org.smapp.api.event;

import org.smapp.api.Token;

/** An event of one connection. */
public sealed interface ConnectionEvent extends Event
        permits ConnectionCreated,
                ConnectionEstablished,
                ConnectionClosed,
                AddressAnnounced,
                AddressRemoved,
                SubflowEstablished,
                SubflowClosed,
                SubflowPriority,
                SubflowTimeout,
                CommandDone,
                ControllerAssigned {

    /** Returns the connection. */
    Token token();

    /** Calls the method of {@code handler} that fits. */
    <R> R accept(Handler<R> handler);

    @Override
    default <R> R accept(Event.Handler<R> handler) {
        return accept((Handler<R>) handler);
    }

    /** One method for each kind of event about a connection. */
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
    }
}
