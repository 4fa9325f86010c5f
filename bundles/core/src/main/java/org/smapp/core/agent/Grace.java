package org.smapp.core.agent;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.smapp.api.controller.Connection;

/**
 * How long connections wait for a controller that is not there. The time begins when the first connection misses it. Once
 * it is over, no connection waits for that controller until it has come and gone again.
 *
 * <p>For the agent's thread only.
 */
final class Grace {

    private final Timers timers;
    private final long nanos;
    private final Map<String, Missing> missing = new HashMap<>();

    private static final class Missing {
        private Connection.Timer timer;
        private boolean over;
    }

    Grace(Timers timers, long nanos) {
        this.timers = timers;
        this.nanos = nanos;
    }

    /**
     * Returns whether it is worth waiting for this controller, which is not there.
     *
     * @param over is told the controller's name when the time is over
     */
    boolean lasts(String controller, Consumer<String> over) {
        Missing its = missing.computeIfAbsent(controller, name -> new Missing());
        if (its.timer == null) {
            its.timer = timers.after(nanos, null, () -> {
                its.over = true;
                over.accept(controller);
            });
        }
        return !its.over;
    }

    /** Takes in that a controller is there. */
    void came(String controller) {
        Missing its = missing.remove(controller);
        if (its != null) {
            its.timer.cancel();
        }
    }
}
