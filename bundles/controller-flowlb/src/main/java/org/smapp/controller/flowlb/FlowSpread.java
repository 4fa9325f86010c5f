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
import org.smapp.api.measure.SubflowInfo;

/** The subflows of one connection, over the pair of addresses that it began with. */
final class FlowSpread implements ConnectionHandler {

    /** What was closed here is replaced after this time, when the peer has heard of it. */
    private static final Duration SETTLE = Duration.ofMillis(300);

    /** What ends otherwise is replaced after this time, and after twice the time whenever another one ends. */
    private static final long FIRST_DELAY_S = 1;

    private static final long LONGEST_DELAY_S = 60;

    /** Such ends are forgotten after this time without another. */
    private static final Duration CALM = Duration.ofSeconds(30);

    private final Connection connection;
    private final int most;
    private final Rates rates;
    private final IpAddress local;

    private int wanted;

    /** The subflow that is being closed because another port is to take its place, or null. */
    private FourTuple leaving;

    private int failuresInARow;
    private boolean waiting;
    private Connection.Timer calm = () -> {};

    FlowSpread(Connection connection, int wanted, int most, Rates rates) {
        this.connection = connection;
        this.wanted = wanted;
        this.most = most;
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
    public void onSubflowClosed(SubflowClosed event) {
        if (event.tuple().equals(leaving)) {
            leaving = null;
            after(SETTLE, "another port takes the place of the slowest");
        } else {
            retry();
        }
    }

    private void look(List<SubflowInfo> subflows) {
        if (!waiting && connection.subflows().stream().noneMatch(each -> each.state() == SubflowState.CONNECTING)) {
            rates.look(subflows).ifPresent(this::improve);
        }
    }

    /**
     * Opens more subflows first. Closing one makes the kernel send all unacknowledged data of the connection again
     * (__mptcp_retransmit_pending_data), so that has to be rare.
     */
    private void improve(Rates.Verdict verdict) {
        if (wanted < most && count() < most) {
            wanted = most;
            fill(verdict.reason());
            return;
        }
        rates.closed();
        leaving = verdict.slowest();
        connection.subflows().stream()
                .filter(each -> each.tuple().equals(leaving))
                .forEach(connection.because(verdict.reason())::destroy);
    }

    private void retry() {
        if (waiting) {
            return;
        }
        long delayS = Math.min(LONGEST_DELAY_S, FIRST_DELAY_S << Math.min(failuresInARow, 6));
        failuresInARow++;
        calm.cancel();
        calm = connection.after(CALM.plusSeconds(delayS), () -> failuresInARow = 0);
        after(Duration.ofSeconds(delayS), "a subflow ended " + delayS + " s ago");
    }

    private void after(Duration delay, String reason) {
        waiting = true;
        connection.after(delay, () -> {
            waiting = false;
            fill(reason);
        });
    }

    private void fill(String reason) {
        if (!connection.isEstablished() || connection.side() != Side.CLIENT || waiting || remote().isEmpty()) {
            return;
        }
        connection.because(reason);
        for (int missing = wanted - count(); missing > 0; missing--) {
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

    private int count() {
        int count = 0;
        for (Subflow each : connection.subflows()) {
            if (each.tuple().localAddress().unmapped().equals(local)) {
                count++;
            }
        }
        return count;
    }
}
