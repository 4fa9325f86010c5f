package org.smapp.core.agent;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.UnaryOperator;

/**
 * The latest desired state, and which version of it the agent has applied. Outlives agents.
 *
 * <p>Thread-safe.
 */
final class DesiredState {

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition further = lock.newCondition();
    private volatile Desired latest = Desired.NOTHING;
    private long reached;

    Desired latest() {
        return latest;
    }

    /** Changes the desired state. */
    Desired change(UnaryOperator<Desired> how) {
        lock.lock();
        try {
            latest = how.apply(latest);
            return latest;
        } finally {
            lock.unlock();
        }
    }

    /** Notes that the agent has applied this state. */
    void reached(Desired desired) {
        reached(desired.version());
    }

    /** Notes that there will be no further agent, so that nobody waits any longer. */
    void end() {
        reached(Long.MAX_VALUE);
    }

    private void reached(long version) {
        lock.lock();
        try {
            reached = Math.max(reached, version);
            further.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Waits until the agent has applied this state or a later one. Returns false if the time is over first. */
    boolean awaitReached(Desired desired, long ms) throws InterruptedException {
        long left = TimeUnit.MILLISECONDS.toNanos(ms);
        lock.lock();
        try {
            while (reached < desired.version() && left > 0) {
                left = further.awaitNanos(left);
            }
            return reached >= desired.version();
        } finally {
            lock.unlock();
        }
    }
}
