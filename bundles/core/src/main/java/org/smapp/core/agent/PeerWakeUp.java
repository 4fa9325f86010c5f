package org.smapp.core.agent;

import java.util.List;
import java.util.concurrent.TimeUnit;
import org.smapp.api.Command;
import org.smapp.api.FourTuple;
import org.smapp.api.Side;
import org.smapp.api.Subflow;
import org.smapp.api.SubflowState;

/**
 * Makes the peer send what it wrote while there was no subflow. Over a subflow that Linux accepts it sends that only when
 * its application writes again or a data acknowledgement comes (6.18, __mptcp_check_push). An MP_PRIO that changes nothing
 * brings one.
 *
 * <p>For the agent's thread only.
 */
final class PeerWakeUp {

    /** Longer than a round trip: a join that is not acknowledged yet leaves MP_PRIO no room for a data acknowledgement. */
    private static final long JOINED_WITHIN_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final ConnectionTable table;
    private final Commander commander;
    private final Timers timers;

    PeerWakeUp(ConnectionTable table, Commander commander, Timers timers) {
        this.table = table;
        this.commander = commander;
        this.timers = timers;
    }

    /** Takes in that a subflow works. If it is the only one, the peer may have written while there was none. */
    void joined(TrackedConnection row, FourTuple tuple) {
        if (row.side == Side.CLIENT && isAlone(row.subflows(), tuple)) {
            timers.after(JOINED_WITHIN_NANOS, null, () -> wake(row, tuple));
        }
    }

    private static boolean isAlone(List<Subflow> subflows, FourTuple tuple) {
        for (Subflow each : subflows) {
            if (each.state() == SubflowState.ESTABLISHED && !each.tuple().equals(tuple)) {
                return false;
            }
        }
        return true;
    }

    private void wake(TrackedConnection row, FourTuple tuple) {
        if (table.get(row.token) != row || !(row.ownership instanceof Ownership.Owned)) {
            return;
        }
        for (Subflow each : row.subflows()) {
            if (each.tuple().equals(tuple)) {
                commander.execute(
                        row,
                        new Command.SetBackup(row.token, tuple, each.backup()),
                        "smapp",
                        "the peer is to send what it wrote while there was no subflow");
            }
        }
    }
}
