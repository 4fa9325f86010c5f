package org.smapp.controller.kit;

import java.util.List;
import java.util.Optional;
import org.smapp.api.IpAddress;
import org.smapp.api.Outcome;
import org.smapp.api.Subflow;
import org.smapp.api.SubflowState;
import org.smapp.api.controller.Connection;

/**
 * A line of one connection, known by its local address.
 *
 * <p>For the agent's thread only.
 */
public record ConnectionLine(Connection connection, IpAddress local) {

    public ConnectionLine {
        local = local.unmapped();
    }

    /** Returns the oldest subflow that works over it. */
    public Optional<Subflow> working() {
        return subflows(SubflowState.ESTABLISHED).stream().findFirst();
    }

    /** Returns whether a subflow works over it. */
    public boolean isWorking() {
        return working().isPresent();
    }

    /** Returns whether a subflow over it was asked for. */
    public boolean isConnecting() {
        return !subflows(SubflowState.CONNECTING).isEmpty();
    }

    /**
     * Opens a subflow: to where the connection began, if the peer lets others join there, else to the first address that it
     * announced. Returns whether the kernel accepted.
     */
    public boolean open(boolean backup) {
        return connection
                .pairFrom(local)
                .map(pair -> connection.create(pair.local(), pair.remote(), backup))
                .map(Outcome::isAccepted)
                .orElse(false);
    }

    /** Closes what works over it. Tells the peer first: it would go on sending into a dead line until its time-outs. */
    public void close() {
        List<Subflow> working = subflows(SubflowState.ESTABLISHED);
        if (!working.isEmpty()) {
            connection.withdraw(local);
        }
        working.forEach(connection::destroy);
    }

    private List<Subflow> subflows(SubflowState state) {
        return connection.subflows().stream()
                .filter(each -> each.isOver(local) && each.state() == state)
                .toList();
    }

    /** Returns the line's local address, for the journal. */
    @Override
    public String toString() {
        return local.toString();
    }
}
