package org.smapp.controller.ndiffports;

import java.time.Duration;
import org.smapp.api.CloseCause;
import org.smapp.api.FourTuple;
import org.smapp.api.IpAddress;
import org.smapp.api.Subflow;
import org.smapp.api.controller.Connection;
import org.smapp.controller.kit.Backoff;
import org.smapp.controller.kit.SubflowKeeper;

/** The subflows of one connection. */
final class PortFan extends SubflowKeeper<NDiffPorts.Settings> {

    /** When a subflow that ended is replaced. All share one pair of addresses, so that a dead path is not asked by many at once. */
    private static final Backoff BACKOFF = Backoff.ofMillis(1_000, 60_000);

    private static final Duration PROVEN_AFTER = Duration.ofSeconds(30);

    private final IpAddress local;

    PortFan(Connection connection) {
        super(connection, NDiffPorts.Settings.class);
        local = connection.tuple().localAddress().unmapped();
    }

    /** Completes what is there already: a connection may be found after a restart or come from another controller. */
    PortFan begin() {
        onOpportunity("subflows were missing");
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
    public void onOpportunity(String reason) {
        if (isOpener()) {
            connection.because(reason);
            connection.pairFrom(local).ifPresent(this::fill);
        }
    }

    private void fill(FourTuple pair) {
        int missing = settings().subflows() - count(pair);
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
}
