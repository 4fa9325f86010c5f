package org.smapp.core.agent;

import java.util.Collection;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.smapp.api.ConnectionSnapshot;
import org.smapp.api.Token;

/**
 * What others see of the connections.
 *
 * <p>Changed on the agent's thread only; {@link #all} is for any.
 */
final class Snapshots {

    private final Map<Token, ConnectionSnapshot> shown = new ConcurrentHashMap<>();
    private TrackedConnection unshown;

    /** Renews what others see of {@code row}. */
    void show(TrackedConnection row) {
        shown.put(row.token, row.snapshot());
    }

    /** Renews it once no further event waits: the next event of a new connection comes soon, and readers can wait. */
    void showLater(TrackedConnection row) {
        if (unshown != row) {
            settle();
            unshown = row;
        }
    }

    /** Renews what {@link #showLater} put off. */
    void settle() {
        if (unshown != null) {
            show(unshown);
            unshown = null;
        }
    }

    /** Takes a connection away that has closed. */
    void remove(TrackedConnection row) {
        unshown = unshown == row ? null : unshown;
        shown.remove(row.token);
    }

    /** Returns the connections, in no order. */
    Collection<ConnectionSnapshot> all() {
        return shown.values();
    }
}
