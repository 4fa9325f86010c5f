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
}
