package org.smapp.core.agent;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.UnaryOperator;

/**
 * The latest of what is to be, and how far the agent has come. Outlives agents.
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

    /** Changes what is to be. */
    Desired change(UnaryOperator<Desired> how) {
        lock.lock();
        try {
            latest = how.apply(latest);
            return latest;
        } finally {
            lock.unlock();
        }
    }

    /** Takes in that an agent does as this one says. */
    void reached(Desired desired) {
        reached(desired.version());
    }

    /** Takes in that there will be no agent any more: nobody needs to wait for one. */
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

    /** Waits until the agent does as this one says, or a later one. Returns false if it has not in time. */
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
