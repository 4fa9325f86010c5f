package org.smapp.controller.kit;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.smapp.api.FourTuple;
import org.smapp.api.IpAddress;
import org.smapp.api.Subflow;
import org.smapp.api.SubflowState;
import org.smapp.api.controller.Connection;
import org.smapp.api.event.LocalAddressRemoved;

/**
 * The subflows of one connection whose local address went, or that stand still. They are closed as soon as another one works, and not before:
 * without any subflow the kernel ends a connection at once when its application or the peer has begun to close it, and after
 * {@code net.mptcp.close_timeout} otherwise (__mptcp_close_ssk). A subflow whose address comes back stays dead, since TCP may
 * wait for minutes until it tries again: a new one is to take its place.
 *
 * <p>For the agent's thread only.
 */
public final class DeadSubflows {

    private final Connection connection;
    private final Set<FourTuple> dead = new HashSet<>();
    private final Set<FourTuple> closing = new HashSet<>(); // those of them whose end the kernel has yet to report

    public DeadSubflows(Connection connection) {
        this.connection = connection;
    }

    /**
     * Takes in that a subflow stands still.
     *
     * @param why for the journal
     * @return whether it has to be replaced, because no other works
     */
    public boolean addStuck(FourTuple tuple, String why) {
        forgetClosed();
        boolean fresh = others().stream()
                .anyMatch(each -> isEstablished(each) && each.tuple().equals(tuple));
        if (fresh) {
            dead.add(tuple);
            connection.because(why);
            closeIfOthersWork();
        }
        return fresh && !closing.contains(tuple);
    }

    private void forgetClosed() {
        dead.retainAll(connection.subflows().stream().map(Subflow::tuple).toList());
        closing.retainAll(dead);
    }

    /** Takes in that an address went. Returns whether there were subflows over it. */
    public boolean add(LocalAddressRemoved event) {
        forgetClosed();
        List<Subflow> lost = connection.subflows().stream()
                .filter(DeadSubflows::isEstablished)
                .filter(each -> each.isOver(event.address().address()))
                .toList();
        if (connection.isEstablished()) { // no other could take its place before
            lost.forEach(each -> dead.add(each.tuple()));
            connection.because(event.address() + " is gone: " + event.reason());
            closeIfOthersWork();
        }
        return !lost.isEmpty();
    }

    /** Takes in that a subflow works. */
    public void established() {
        if (!dead.isEmpty()) {
            connection.because("another subflow works");
            closeIfOthersWork();
        }
    }

    /** Returns the subflows that are not dead: those that work, and those that were asked for. */
    public List<Subflow> others() {
        return dead.isEmpty()
                ? connection.subflows()
                : connection.subflows().stream()
                        .filter(each -> !dead.contains(each.tuple()))
                        .toList();
    }

    /** The peer would go on sending into a dead line until its time-outs; told so, it stops at once. */
    private void closeIfOthersWork() {
        List<Subflow> open = connection.subflows().stream()
                .filter(each -> dead.contains(each.tuple()) && !closing.contains(each.tuple()))
                .toList();
        if (others().stream().anyMatch(DeadSubflows::isEstablished)) {
            // Before the subflows: closing the last one over an address makes the kernel forget its id.
            open.stream()
                    .map(each -> each.tuple().localAddress().unmapped())
                    .distinct()
                    .filter(this::isGone)
                    .forEach(connection::withdraw);
            for (Subflow each : open) {
                closing.add(each.tuple());
                connection.destroy(each);
            }
        }
    }

    private boolean isGone(IpAddress local) {
        return connection.localAddresses().stream()
                .noneMatch(each -> each.address().equals(local));
    }

    private static boolean isEstablished(Subflow subflow) {
        return subflow.state() == SubflowState.ESTABLISHED;
    }
}
