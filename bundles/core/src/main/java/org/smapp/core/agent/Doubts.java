package org.smapp.core.agent;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.smapp.api.PathManagerType;
import org.smapp.api.event.ControllerAssigned;
import org.smapp.api.event.Event;
import org.smapp.core.agent.Ownership.Owned;
import org.smapp.core.agent.Ownership.Unclaimed;
import org.smapp.core.agent.Ownership.Watched;
import org.smapp.core.family.KernelFamily;
import org.smapp.linux.LinuxException;

/**
 * Connections of which it is not sure that they are SMAPP's: somebody has given new ones to the in-kernel path manager, or the
 * kernel refused a command. The kernel is asked, and who turns out to be another's is left alone from then on.
 *
 * <p>For the agent's thread only.
 */
final class Doubts {

    private static final Logger LOG = LoggerFactory.getLogger(Doubts.class);

    private final KernelFamily.Queries kernel;
    private final Consumer<Event> publish;
    private final Set<TrackedConnection> doubted = new LinkedHashSet<>();

    Doubts(KernelFamily.Queries kernel, Consumer<Event> publish) {
        this.kernel = kernel;
        this.publish = publish;
    }

    void about(TrackedConnection row) {
        if (!(row.ownership instanceof Watched)) {
            doubted.add(row);
        }
    }

    boolean isEmpty() {
        return doubted.isEmpty();
    }

    /** Asks the kernel about each, and gives those that are SMAPP's to whom the rules say. */
    void settle(ConnectionTable table, Assignments assignments, Snapshots snapshots) {
        List<TrackedConnection> all = List.copyOf(doubted);
        doubted.clear();
        for (TrackedConnection row : all) {
            if (table.get(row.token) == row) {
                settle(row, assignments);
                snapshots.show(row);
            }
        }
    }

    private void settle(TrackedConnection row, Assignments assignments) {
        try {
            if (kernel.isOurs(row.token)) {
                if (row.ownership == Unclaimed.UNCLAIMED) {
                    assignments.assign(row, "new connection");
                }
                return;
            }
        } catch (LinuxException e) {
            LOG.warn("Whose connection {} is can't be asked: {}", row.token, e.getMessage());
            return;
        }
        boolean lost = row.ownership instanceof Owned;
        assignments.release(row);
        row.ownership = new Watched(PathManagerType.IN_KERNEL);
        if (lost) {
            publish.accept(new ControllerAssigned(
                    row.token, "", "", "", "it belongs to the in-kernel path manager, which has its own way"));
        }
    }
}
