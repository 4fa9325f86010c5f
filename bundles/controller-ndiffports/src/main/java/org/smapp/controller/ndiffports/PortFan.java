package org.smapp.controller.ndiffports;

import java.time.Duration;
import java.util.Optional;
import org.smapp.api.IpAddress;
import org.smapp.api.RemoteAddress;
import org.smapp.api.Side;
import org.smapp.api.Subflow;
import org.smapp.api.TransportAddress;
import org.smapp.api.controller.Connection;
import org.smapp.api.controller.ConnectionHandler;
import org.smapp.api.event.AddressAnnounced;
import org.smapp.api.event.ConnectionEstablished;
import org.smapp.api.event.LocalAddressAdded;
import org.smapp.api.event.SubflowClosed;

/** The subflows of one connection. */
final class PortFan implements ConnectionHandler {

    /** A subflow that ends is replaced after this time, and after twice the time whenever the next one fails as well. */
    private static final long FIRST_DELAY_S = 1;

    private static final long LONGEST_DELAY_S = 60;

    /**
     * Failures are forgotten after such a time without another. That a subflow was established proves nothing: a peer that
     * has enough of them lets it be established and closes it a round-trip time later.
     */
    private static final Duration CALM = Duration.ofSeconds(30);

    private final Connection connection;
    private final int wanted;
    private final IpAddress local;
    private int failuresInARow;
    private boolean waiting;
    private Connection.Timer calm = () -> {};

    PortFan(Connection connection, int wanted) {
        this.connection = connection;
        this.wanted = wanted;
        this.local = connection.tuple().localAddress().unmapped();
    }

    /** Completes what is there already: a connection may be found after a restart or come from another controller. */
    PortFan begin() {
        fill("subflows were missing");
        return this;
    }

    @Override
    public void onEstablished(ConnectionEstablished event) {
        fill("the connection is established");
    }

    /** A peer that lets nobody join its first address has to announce another. */
    @Override
    public void onAddressAnnounced(AddressAnnounced event) {
        fill("the peer announced " + event.remote());
    }

    @Override
    public void onLocalAddressAdded(LocalAddressAdded event) {
        if (event.address().address().equals(local)) {
            failuresInARow = 0; // whatever failed before, the line is new
            fill(event.address() + " became usable again");
        }
    }

    @Override
    public void onSubflowClosed(SubflowClosed event) {
        retry();
    }

    /** Tries again later: one timer for all that is missing, so that a dead path is not asked by many at once. */
    private void retry() {
        if (waiting) {
            return;
        }
        waiting = true;
        long delayS = Math.min(LONGEST_DELAY_S, FIRST_DELAY_S << Math.min(failuresInARow, 6));
        failuresInARow++;
        calm.cancel();
        calm = connection.after(CALM.plusSeconds(delayS), () -> failuresInARow = 0);
        connection.after(Duration.ofSeconds(delayS), () -> {
            waiting = false;
            fill("a subflow ended " + delayS + " s ago");
        });
    }

    private void fill(String reason) {
        Optional<TransportAddress> remote = remote();
        if (!connection.isEstablished() || connection.side() != Side.CLIENT || waiting || remote.isEmpty()) {
            return;
        }
        boolean usable = connection.localAddresses().stream()
                .anyMatch(each -> each.address().equals(local));
        connection.because(reason);
        for (int missing = usable ? wanted - count(remote.get()) : 0; missing > 0; missing--) {
            if (!connection.create(local, remote.get()).isAccepted()) {
                retry();
                return;
            }
        }
    }

    /** Where the connection began, if the peer lets others join there; else the first address that it announced. */
    private Optional<TransportAddress> remote() {
        return connection.remoteAddresses().stream()
                .map(RemoteAddress::at)
                .filter(each -> each.address().v6() == local.v6())
                .findFirst();
    }

    private int count(TransportAddress remote) {
        int count = 0;
        for (Subflow each : connection.subflows()) {
            if (each.connects(local, remote) || each.tuple().equals(connection.tuple())) {
                count++;
            }
        }
        return count;
    }
}
