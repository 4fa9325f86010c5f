package org.smapp.controller.streaming;

import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import org.smapp.api.CloseCause;
import org.smapp.api.FourTuple;
import org.smapp.api.Subflow;
import org.smapp.api.SubflowState;
import org.smapp.api.controller.Connection;
import org.smapp.api.event.ConnectionEstablished;
import org.smapp.api.event.LocalAddressRemoved;
import org.smapp.api.event.SubflowClosed;
import org.smapp.api.event.SubflowEstablished;
import org.smapp.api.event.SubflowTimeout;
import org.smapp.controller.kit.Backoff;
import org.smapp.controller.kit.SubflowKeeper;

/** The lines of one connection: another one for a block that is late. */
final class SecondLine extends SubflowKeeper<Streaming.Settings> {

    /** Before another try when nothing is left, so that a peer that refuses is not flooded. */
    private static final Backoff BACKOFF = Backoff.ofMillis(200, 10_000);

    private static final Duration PROVEN_AFTER = Duration.ofSeconds(10);

    private Blocks blocks;

    /** Closed once another line works, if data still waits for it: the kernel then sends that data over the other. */
    private FourTuple leaving;

    SecondLine(Connection connection) {
        super(connection, Streaming.Settings.class);
    }

    /** Watches the blocks from now on: a connection may be found after a restart or come from another controller. */
    SecondLine begin() {
        if (isOpener()) {
            blocks = new Blocks(connection, this::settings, this::late);
        }
        return this;
    }

    @Override
    protected Backoff backoff(CloseCause cause) {
        return BACKOFF;
    }

    @Override
    protected Duration provenAfter() {
        return PROVEN_AFTER;
    }

    @Override
    public void onEstablished(ConnectionEstablished event) {
        begin();
    }

    @Override
    public void onOpportunity(String reason) {
        if (blocks != null && dead.others().isEmpty()) {
            connection.because(reason);
            open();
        }
    }

    /** Leaves the subflow that lost most: it makes the block late. */
    private void late(String reason) {
        working().stream().max(Comparator.comparingDouble(this::lossShare)).ifPresent(worst -> leave(worst, reason));
    }

    private double lossShare(Subflow subflow) {
        return connection
                .info(subflow)
                .map(each -> (double) each.bytesRetransmitted() / Math.max(1, each.bytesSent()))
                .orElse(0.0);
    }

    @Override
    public void onSubflowTimeout(SubflowTimeout event) {
        if (blocks != null && event.rtoMs() >= settings().timeoutMs()) {
            working().stream()
                    .filter(each -> each.tuple().equals(event.tuple()))
                    .findFirst()
                    .ifPresent(each -> leave(each, "no answer for " + event.rtoMs() + " ms"));
        }
    }

    @Override
    public void onLocalAddressRemoved(LocalAddressRemoved event) {
        super.onLocalAddressRemoved(event);
        onOpportunity(event.address() + " is gone: " + event.reason());
    }

    @Override
    public void onSubflowEstablished(SubflowEstablished event) {
        super.onSubflowEstablished(event);
        if (leaving != null && !blocks.isComplete()) {
            working().stream()
                    .filter(each -> each.tuple().equals(leaving))
                    .forEach(connection.because("another line took over")::destroy);
        }
        leaving = null;
    }

    @Override
    public void onSubflowClosed(SubflowClosed event) {
        leaving = event.tuple().equals(leaving) ? null : leaving;
        if (blocks != null && working().isEmpty()) {
            super.onSubflowClosed(event);
        }
    }

    private void leave(Subflow subflow, String reason) {
        connection.because(reason);
        if (working().size() > 1) {
            connection.destroy(subflow);
        } else if (open()) {
            leaving = subflow.tuple();
        }
    }

    private List<Subflow> working() {
        return dead.others().stream()
                .filter(each -> each.state() == SubflowState.ESTABLISHED)
                .toList();
    }

    /** Opens a subflow over a line that has none. */
    private boolean open() {
        for (FourTuple pair : connection.pairs()) {
            boolean used = dead.others().stream().anyMatch(each -> each.isOver(pair.localAddress()));
            if (!used && retries.open(pair)) {
                return true;
            }
        }
        return false;
    }
}
