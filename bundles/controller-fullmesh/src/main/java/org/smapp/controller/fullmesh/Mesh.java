package org.smapp.controller.fullmesh;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.smapp.api.CloseCause;
import org.smapp.api.FourTuple;
import org.smapp.api.IpAddress;
import org.smapp.api.LocalAddress;
import org.smapp.api.Side;
import org.smapp.api.Subflow;
import org.smapp.api.controller.Connection;
import org.smapp.api.event.AddressRemoved;
import org.smapp.api.event.LocalAddressRemoved;
import org.smapp.api.event.SubflowTimeout;
import org.smapp.controller.kit.Backoff;
import org.smapp.controller.kit.SubflowKeeper;

/** The mesh of one connection. */
final class Mesh extends SubflowKeeper<FullMesh.Settings> {

    /** What the peer knows of, by the first handshake or because it was told. */
    private final Set<IpAddress> announced = new HashSet<>();

    /** Completes what is there already: a connection may be found after a restart or come from another controller. */
    Mesh(Connection connection) {
        super(connection, FullMesh.Settings.class);
        announced.add(connection.tuple().localAddress().unmapped());
        onOpportunity("the mesh was not whole");
    }

    @Override
    protected Duration provenAfter() {
        return Duration.ofMillis(settings().provenMs());
    }

    @Override
    public void onOpportunity(String reason) {
        if (!connection.isEstablished()) {
            return;
        }
        connection.because(reason);
        for (FourTuple pair : connection.pairs()) {
            if (isMissing(pair)) {
                retries.open(pair);
            }
        }
        for (LocalAddress local : connection.localAddresses()) {
            boolean sameFamily = local.address().v6()
                    == connection.tuple().localAddress().unmapped().v6();
            if (settings().announce() && sameFamily && announced.add(local.address())) {
                connection.announce(local.address());
            }
        }
    }

    private boolean isMissing(FourTuple pair) {
        List<Subflow> alive = dead.others();
        boolean missing = (connection.side() == Side.CLIENT || settings().serverSide())
                && alive.size() < settings().maxSubflows();
        for (Subflow each : alive) { // no stream: this is on the way from an event to the command
            missing &= !each.connects(pair.localAddress(), pair.remote());
        }
        return missing;
    }

    @Override
    public void onLocalAddressRemoved(LocalAddressRemoved event) {
        IpAddress local = event.address().address();
        boolean told = announced.remove(local);
        if (!dead.add(event) && told) {
            connection.withdraw(local);
        }
    }

    @Override
    public void onAddressRemoved(AddressRemoved event) {
        connection.because("the peer withdrew its address id " + event.remoteId());
        connection.destroyAll(each -> each.remoteId() == event.remoteId());
    }

    @Override
    protected Backoff backoff(CloseCause cause) {
        return RetryPolicy.after(cause, settings());
    }

    /**
     * A middlebox that forgot a flow drops it without a word, and TCP tries for a quarter of an hour; a new flow may pass. While no
     * other subflow works, the one that stands still is kept until a new one takes its place.
     */
    @Override
    public void onSubflowTimeout(SubflowTimeout event) {
        if (event.consecutive() >= settings().stuckTimeouts()) {
            String why = "its retransmission timer expired " + event.consecutive() + " times in a row";
            if (dead.addStuck(event.tuple(), why)) {
                onOpportunity("no subflow gets through");
            }
        }
    }
}
