package org.smapp.controller.streaming;

import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.smapp.api.FourTuple;
import org.smapp.api.IpAddress;
import org.smapp.api.LocalAddress;
import org.smapp.api.RemoteAddress;
import org.smapp.api.Side;
import org.smapp.api.Subflow;
import org.smapp.api.SubflowState;
import org.smapp.api.TransportAddress;
import org.smapp.api.controller.Connection;
import org.smapp.api.controller.ConnectionHandler;
import org.smapp.api.event.ConnectionEstablished;
import org.smapp.api.event.LocalAddressRemoved;
import org.smapp.api.event.SubflowClosed;
import org.smapp.api.event.SubflowEstablished;
import org.smapp.api.event.SubflowTimeout;

/** The lines of one connection: another one for a block that is late. */
final class SecondLine implements ConnectionHandler {

    /** Before another try when nothing is left, so that a peer that refuses is not flooded. */
    private static final Duration PAUSE = Duration.ofMillis(200);

    private final Connection connection;
    private final Blocks.Plan plan;
    private final int timeoutMs;
    private Blocks blocks;

    /** Closed once another line works, if data still waits for it: the kernel then sends that data over the other. */
    private FourTuple leaving;

    SecondLine(Connection connection, Blocks.Plan plan, int timeoutMs) {
        this.connection = connection;
        this.plan = plan;
        this.timeoutMs = timeoutMs;
    }

    /** Watches the blocks from now on: a connection may be found after a restart or come from another controller. */
    SecondLine begin() {
        if (connection.isEstablished() && connection.side() == Side.CLIENT) {
            blocks = new Blocks(connection, plan, this::late);
        }
        return this;
    }

    @Override
    public void onEstablished(ConnectionEstablished event) {
        begin();
    }

    /** The subflow that lost most is what makes the block late. */
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
        if (blocks != null && event.rtoMs() >= timeoutMs) {
            working().stream()
                    .filter(each -> each.tuple().equals(event.tuple()))
                    .findFirst()
                    .ifPresent(each -> leave(each, "no answer for " + event.rtoMs() + " ms"));
        }
    }

    @Override
    public void onLocalAddressRemoved(LocalAddressRemoved event) {
        IpAddress gone = event.address().address();
        if (blocks != null) {
            working().stream()
                    .filter(each -> each.tuple().localAddress().unmapped().equals(gone))
                    .forEach(each -> leave(each, event.address() + " is gone: " + event.reason()));
        }
    }

    @Override
    public void onSubflowEstablished(SubflowEstablished event) {
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
            connection.after(PAUSE, () -> reopen("the last subflow ended: " + event.cause()));
        }
    }

    private void reopen(String reason) {
        if (connection.subflows().isEmpty()) {
            connection.because(reason);
            open();
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
        return connection.subflows().stream()
                .filter(each -> each.state() == SubflowState.ESTABLISHED)
                .toList();
    }

    /** Opens a subflow over a line that has none. */
    private boolean open() {
        for (LocalAddress line : connection.localAddresses()) {
            boolean used = connection.subflows().stream()
                    .anyMatch(each -> each.tuple().localAddress().unmapped().equals(line.address()));
            Optional<TransportAddress> remote = connection.remoteAddresses().stream()
                    .map(RemoteAddress::at)
                    .filter(each -> each.address().v6() == line.address().v6())
                    .findFirst();
            if (!used
                    && remote.isPresent()
                    && connection.create(line.address(), remote.get()).isAccepted()) {
                return true;
            }
        }
        return false;
    }
}
