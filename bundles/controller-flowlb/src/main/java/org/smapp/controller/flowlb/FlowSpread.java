package org.smapp.controller.flowlb;

import java.time.Duration;
import java.util.List;
import org.smapp.api.FourTuple;
import org.smapp.api.IpAddress;
import org.smapp.api.Side;
import org.smapp.api.SubflowState;
import org.smapp.api.controller.Backoff;
import org.smapp.api.controller.Connection;
import org.smapp.api.controller.ConnectionHandler;
import org.smapp.api.controller.DeadSubflows;
import org.smapp.api.controller.Retries;
import org.smapp.api.event.LocalAddressAdded;
import org.smapp.api.event.LocalAddressRemoved;
import org.smapp.api.event.SubflowClosed;
import org.smapp.api.event.SubflowEstablished;
import org.smapp.api.measure.SubflowInfo;

/** The subflows of one connection, over the pair of addresses that it began with. */
final class FlowSpread implements ConnectionHandler {

    /** What was closed here is replaced after this time, when the peer has heard of it. */
    private static final Duration SETTLE = Duration.ofMillis(300);

    /** When a subflow that ended otherwise is replaced. */
    private static final Backoff BACKOFF = Backoff.ofMillis(1_000, 60_000);

    private static final Duration PROVEN_AFTER = Duration.ofSeconds(30);

    private final Connection connection;
    private final int most;
    private final Rates rates;
    private final IpAddress local;
    private final Retries retries;
    private final DeadSubflows dead;

    private int wanted;

    /** The subflow that is being closed because another port is to take its place, or null. */
    private FourTuple leaving;

    FlowSpread(Connection connection, int wanted, int most, Rates rates) {
        this.connection = connection;
        this.wanted = wanted;
        this.most = most;
        this.rates = rates;
        local = connection.tuple().localAddress().unmapped();
        retries = new Retries(connection, PROVEN_AFTER, this::onOpportunity);
        dead = new DeadSubflows(connection);
    }

    /** Completes what is there already: a connection may be found after a restart or come from another controller. */
    FlowSpread begin(Duration interval) {
        onOpportunity("subflows were missing");
        connection.sample(interval, this::look);
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
        int missing = wanted - count();
        while (missing > 0 && retries.open(pair)) {
            missing--;
        }
    }

    private int count() {
        return (int) dead.others().stream().filter(each -> each.isOver(local)).count();
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
        if (event.tuple().equals(leaving)) {
            leaving = null;
            retries.rest(event.tuple(), SETTLE, "another port takes the place of the slowest");
        } else {
            retries.failed(event.tuple(), BACKOFF);
        }
    }

    private void look(List<SubflowInfo> subflows) {
        boolean resting = connection.pairFrom(local).filter(retries::isResting).isPresent();
        if (!resting && connection.subflows().stream().noneMatch(each -> each.state() == SubflowState.CONNECTING)) {
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
            onOpportunity(verdict.reason());
            return;
        }
        rates.closed();
        leaving = verdict.slowest();
        connection.because(verdict.reason()).destroyAll(each -> each.tuple().equals(leaving));
    }
}
