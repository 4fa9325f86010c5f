package org.smapp.core.agent;

import java.util.concurrent.TimeUnit;

/**
 * How many commands a controller may give for one connection in one second. Counted by connection, since an honest
 * controller's commands grow with its connections.
 *
 * <p>For the agent's thread only.
 */
final class CommandBudget {

    private static final long SECOND_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final int perSecond;
    private long secondBegan;
    private int given;
    private boolean exceeded;

    CommandBudget(int perSecond) {
        this.perSecond = perSecond;
    }

    /** Counts a command. Returns false, and does so for good, once there were too many. */
    boolean take(long nowNanos) {
        if (given == 0 || nowNanos - secondBegan >= SECOND_NANOS) {
            secondBegan = nowNanos;
            given = 0;
        }
        given++;
        exceeded |= given > perSecond;
        return !exceeded;
    }

    boolean isExceeded() {
        return exceeded;
    }

    int perSecond() {
        return perSecond;
    }
}
