package org.smapp.core.agent;

import org.smapp.api.controller.ConnectionHandler;
import org.smapp.api.event.AddressAnnounced;
import org.smapp.api.event.AddressRemoved;
import org.smapp.api.event.ConnectionClosed;
import org.smapp.api.event.ConnectionCreated;
import org.smapp.api.event.ConnectionEstablished;
import org.smapp.api.event.ConnectionEvent;
import org.smapp.api.event.Event;
import org.smapp.api.event.LocalAddressAdded;
import org.smapp.api.event.LocalAddressRemoved;
import org.smapp.api.event.SubflowClosed;
import org.smapp.api.event.SubflowEstablished;
import org.smapp.api.event.SubflowPriority;
import org.smapp.api.event.SubflowTimeout;

/**
 * Calls the method of a {@link ConnectionHandler} that fits an event, if there is one. One object serves all calls, so that
 * a call makes no garbage.
 */
final class EventCall implements ConnectionEvent.Handler<Void>, Runnable {

    private ConnectionHandler handler;
    private Event event;

    /** Prepares the call that {@link #run} makes. */
    EventCall of(Event what, ConnectionHandler whom) {
        event = what;
        handler = whom;
        return this;
    }

    @Override
    public void run() {
        if (event instanceof ConnectionEvent about) {
            about.accept(this);
        } else if (event instanceof LocalAddressAdded added) {
            handler.onLocalAddressAdded(added);
        } else if (event instanceof LocalAddressRemoved removed) {
            handler.onLocalAddressRemoved(removed);
        }
    }

    /** Not told: {@code manage} is called for it. */
    @Override
    public Void connectionCreated(ConnectionCreated created) {
        return null;
    }

    @Override
    public Void connectionEstablished(ConnectionEstablished established) {
        handler.onEstablished(established);
        return null;
    }

    /** Not told: {@code released} is called for it. */
    @Override
    public Void connectionClosed(ConnectionClosed closed) {
        return null;
    }

    @Override
    public Void addressAnnounced(AddressAnnounced announced) {
        handler.onAddressAnnounced(announced);
        return null;
    }

    @Override
    public Void addressRemoved(AddressRemoved removed) {
        handler.onAddressRemoved(removed);
        return null;
    }

    @Override
    public Void subflowEstablished(SubflowEstablished established) {
        handler.onSubflowEstablished(established);
        return null;
    }

    @Override
    public Void subflowClosed(SubflowClosed closed) {
        handler.onSubflowClosed(closed);
        return null;
    }

    @Override
    public Void subflowPriority(SubflowPriority priority) {
        handler.onSubflowPriority(priority);
        return null;
    }

    @Override
    public Void subflowTimeout(SubflowTimeout timeout) {
        handler.onSubflowTimeout(timeout);
        return null;
    }
}
