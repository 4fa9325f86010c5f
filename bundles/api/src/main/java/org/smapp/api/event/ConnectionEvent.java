package org.smapp.api.event;

import java.util.Optional;
import org.smapp.api.Token;

/** An event of one connection. A {@link Handler} that forgets a new kind does not compile. */
public sealed interface ConnectionEvent extends KernelEvent
        permits ConnectionCreated,
                ConnectionEstablished,
                ConnectionClosed,
                AddressAnnounced,
                AddressRemoved,
                SubflowEstablished,
                SubflowClosed,
                SubflowPriority,
                SubflowTimeout {

    /** Returns the connection. */
    Token token();

    /** Calls the method of {@code handler} that fits. */
    <R> R accept(Handler<R> handler);

    @Override
    default Optional<Token> connection() {
        return Optional.of(token());
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
    }
}
