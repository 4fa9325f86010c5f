package org.smapp.controller.ndiffports;

import java.time.Duration;
import org.smapp.api.FourTuple;
import org.smapp.api.IpAddress;
import org.smapp.api.Side;
import org.smapp.api.Subflow;
import org.smapp.api.controller.Backoff;
import org.smapp.api.controller.Connection;
import org.smapp.api.controller.ConnectionHandler;
import org.smapp.api.controller.DeadSubflows;
import org.smapp.api.controller.Retries;
import org.smapp.api.event.LocalAddressAdded;
import org.smapp.api.event.LocalAddressRemoved;
import org.smapp.api.event.SubflowClosed;
import org.smapp.api.event.SubflowEstablished;

/** The subflows of one connection. */
final class PortFan implements ConnectionHandler {

    /** When a subflow that ended is replaced. All share one pair of addresses, so that a dead path is not asked by many at once. */
    private static final Backoff BACKOFF = Backoff.ofMillis(1_000, 60_000);

    private static final Duration PROVEN_AFTER = Duration.ofSeconds(30);

    private final Connection connection;
    private final int wanted;
    private final IpAddress local;
    private final Retries retries;
    private final DeadSubflows dead;

    PortFan(Connection connection, int wanted) {
        this.connection = connection;
        this.wanted = wanted;
        local = connection.tuple().localAddress().unmapped();
        retries = new Retries(connection, PROVEN_AFTER, this::onOpportunity);
        dead = new DeadSubflows(connection);
    }

    /** Completes what is there already: a connection may be found after a restart or come from another controller. */
    PortFan begin() {
        onOpportunity("subflows were missing");
        return this;
    }

    @Override
    public void onOpportunity(String reason) {
        if (connection.isEstablished() && connection.side() == Side.CLIENT) {
            connection.because(reason);
            connection.pairFrom(local).ifPresent(this::fill);
        }
    }

    private void fill(FourTuple pair) {
        int missing = wanted - count(pair);
        while (missing > 0 && retries.open(pair)) {
            missing--;
        }
    }

    private int count(FourTuple pair) {
        int count = 0;
        for (Subflow each : dead.others()) {
            if (each.connects(local, pair.remote()) || each.tuple().equals(connection.tuple())) {
                count++;
            }
        }
        return count;
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
        retries.failed(event.tuple(), BACKOFF);
    }
}
