package org.smapp.controller.flowlb;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.smapp.api.FourTuple;
import org.smapp.api.IpAddress;
import org.smapp.api.RemoteAddress;
import org.smapp.api.Side;
import org.smapp.api.Subflow;
import org.smapp.api.SubflowState;
import org.smapp.api.TransportAddress;
import org.smapp.api.controller.Connection;
import org.smapp.api.controller.ConnectionHandler;
import org.smapp.api.event.AddressAnnounced;
import org.smapp.api.event.ConnectionEstablished;
import org.smapp.api.event.LocalAddressAdded;
import org.smapp.api.event.SubflowClosed;
import org.smapp.api.event.SubflowEstablished;
import org.smapp.api.measure.SubflowInfo;

/** The subflows of one connection, over the pair of addresses that it began with. */
final class FlowSpread implements ConnectionHandler {

    /** What ends is replaced after this time: a path that fails must not be asked without a pause. */
    private static final Duration RETRY = Duration.ofSeconds(2);

    private final Connection connection;
    private final int wanted;
    private final Rates rates;
    private final IpAddress local;

    /** Closed once its successor works, so that the connection never has less than before; or null. */
    private FourTuple leaving;

    private boolean waiting;

    FlowSpread(Connection connection, int wanted, Rates rates) {
        this.connection = connection;
        this.wanted = wanted;
        this.rates = rates;
        this.local = connection.tuple().localAddress().unmapped();
    }

    /** Completes what is there already: a connection may be found after a restart or come from another controller. */
    FlowSpread begin(Duration interval) {
        fill("subflows were missing");
        connection.sample(interval, this::look);
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
        fill(event.address() + " became usable");
    }

    @Override
    public void onSubflowEstablished(SubflowEstablished event) {
        find(leaving).ifPresent(connection.because("another port takes its place")::destroy);
        leaving = null;
    }

    @Override
    public void onSubflowClosed(SubflowClosed event) {
        leaving = null;
        retry();
    }

    private void look(List<SubflowInfo> subflows) {
        if (count(SubflowState.CONNECTING) == 0) {
            rates.look(subflows).ifPresent(this::replace);
        }
    }

    private void replace(Rates.Verdict verdict) {
        leaving = verdict.slowest();
        connection.because(verdict.reason());
        if (count(SubflowState.ESTABLISHED) > wanted) { // of another controller, or of other settings
            find(leaving).ifPresent(connection::destroy);
        } else if (!remote().map(this::open).orElse(false)) {
            leaving = null;
        }
    }

    private void retry() {
        if (!waiting) {
            waiting = true;
            connection.after(RETRY, () -> {
                waiting = false;
                fill("a subflow ended");
            });
        }
    }

    private void fill(String reason) {
        if (!connection.isEstablished() || connection.side() != Side.CLIENT || waiting || remote().isEmpty()) {
            return;
        }
        connection.because(reason);
        for (int missing = wanted - count(null); missing > 0; missing--) {
            if (!open(remote().get())) {
                retry();
                return;
            }
        }
    }

    private boolean open(TransportAddress remote) {
        return connection.create(local, remote).isAccepted();
    }

    /** Where the connection began, if the peer lets others join there; else the first address that it announced. */
    private Optional<TransportAddress> remote() {
        return connection.remoteAddresses().stream()
                .map(RemoteAddress::at)
                .filter(each -> each.address().v6() == local.v6())
                .findFirst();
    }

    /** Counts the subflows from the local address in a state, or all of them. */
    private int count(SubflowState state) {
        int count = 0;
        for (Subflow each : connection.subflows()) {
            if ((state == null || each.state() == state)
                    && each.tuple().localAddress().unmapped().equals(local)) {
                count++;
            }
        }
        return count;
    }

    private Optional<Subflow> find(FourTuple tuple) {
        return connection.subflows().stream()
                .filter(each -> each.tuple().equals(tuple))
                .findFirst();
    }
}
