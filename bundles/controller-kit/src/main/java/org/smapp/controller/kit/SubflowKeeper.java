package org.smapp.controller.kit;

import java.time.Duration;
import org.smapp.api.CloseCause;
import org.smapp.api.Side;
import org.smapp.api.controller.Connection;
import org.smapp.api.controller.ConnectionHandler;
import org.smapp.api.event.LocalAddressAdded;
import org.smapp.api.event.LocalAddressRemoved;
import org.smapp.api.event.SubflowClosed;
import org.smapp.api.event.SubflowEstablished;

/**
 * What every policy does with the subflows of one connection: a pair of addresses that failed is left alone for a while, and
 * subflows whose local address went are closed once another one works. A policy says in {@link #onOpportunity} what is
 * missing, and opens it by {@link Retries#open}. Whoever overrides another method calls this one's as well.
 *
 * <p>For the agent's thread only.
 *
 * @param <S> the controller's settings
 */
public abstract class SubflowKeeper<S> implements ConnectionHandler {

    protected final Connection connection;
    protected final Retries retries;
    protected final DeadSubflows dead;
    private final Class<S> type;
    private S settings;

    protected SubflowKeeper(Connection connection, Class<S> type) {
        this.connection = connection;
        this.type = type;
        settings = connection.settings(type);
        retries = new Retries(connection, this::provenAfter, this::onOpportunity);
        dead = new DeadSubflows(connection);
    }

    /** Returns the settings that are in force. */
    protected final S settings() {
        return settings;
    }

    /** Returns how long a subflow has to live before the failures of its pair are forgotten. */
    protected abstract Duration provenAfter();

    /** Returns how long a pair is left alone whose subflow ended so. */
    protected abstract Backoff backoff(CloseCause cause);

    /** Returns whether this host opened the connection, and can open further subflows now. */
    protected final boolean isOpener() {
        return connection.isEstablished() && connection.side() == Side.CLIENT;
    }

    /** Goes on with what it knows of the connection. */
    @Override
    public boolean onSettingsChanged() {
        settings = connection.settings(type);
        onOpportunity("the settings changed");
        return true;
    }

    @Override
    public void onLocalAddressAdded(LocalAddressAdded event) {
        retries.forget(event.address().address()); // whatever failed before, the line is new
        ConnectionHandler.super.onLocalAddressAdded(event);
    }

    @Override
    public void onLocalAddressRemoved(LocalAddressRemoved event) {
        dead.add(event);
    }

    @Override
    public void onSubflowEstablished(SubflowEstablished event) {
        retries.established(event);
        dead.established();
    }

    @Override
    public void onSubflowClosed(SubflowClosed event) {
        retries.failed(event.tuple(), backoff(event.cause()));
    }
}
