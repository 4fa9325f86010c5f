package org.smapp.core.agent;

import java.util.PriorityQueue;
import java.util.function.LongSupplier;
import org.smapp.api.controller.Connection;
import org.smapp.core.agent.Ownership.Owned;

/**
 * The timers of the agent itself and of controllers.
 *
 * <p>For the agent's thread only.
 */
final class Timers {

    private static final int SWEEP_AT_LEAST = 256;

    private final LongSupplier nanoTime;
    private final PriorityQueue<Call> calls = new PriorityQueue<>();
    private long made;
    private int sweepAt = SWEEP_AT_LEAST;

    Timers(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    /** Makes a call. */
    interface Runner {
        /** @param owner who asked for it and still owns its connection; null for the agent itself */
        void timer(Owned owner, Runnable action);
    }

    /** A call to come; {@code owner} is null for the agent's own. */
    private static final class Call implements Connection.Timer, Comparable<Call> {
        private final long atNanos;
        private final long order;
        private final Owned owner;
        private Runnable action;

        Call(long atNanos, long order, Owned owner, Runnable action) {
            this.atNanos = atNanos;
            this.order = order;
            this.owner = owner;
            this.action = action;
        }

        @Override
        public void cancel() {
            action = null;
        }

        boolean isDead() {
            return action == null || owner != null && owner.isEnded();
        }

        @Override
        public int compareTo(Call other) {
            int byTime = Long.compare(atNanos - other.atNanos, 0); // nanoTime may wrap around
            return byTime != 0 ? byTime : Long.compare(order, other.order);
        }
    }

    Connection.Timer after(long delayNanos, Owned owner, Runnable action) {
        Call call = new Call(nanoTime.getAsLong() + Math.max(0, delayNanos), made++, owner, action);
        sweep();
        calls.add(call);
        return call;
    }

    /** Removes cancelled calls that are not due yet, so that the memory of their connections is freed. */
    private void sweep() {
        if (calls.size() >= sweepAt) {
            calls.removeIf(Call::isDead);
            sweepAt = Math.max(SWEEP_AT_LEAST, 2 * calls.size()); // so that each call is looked at twice on average
        }
    }

    /** Returns how many calls are kept, dead ones included. */
    int size() {
        return calls.size();
    }

    /** Returns how long until the next call in nanoseconds, 0 when it is due, -1 when there is none. */
    long untilNext() {
        while (!calls.isEmpty() && calls.peek().isDead()) {
            calls.remove();
        }
        return calls.isEmpty() ? -1 : Math.max(0, calls.peek().atNanos - nanoTime.getAsLong());
    }

    /** Makes the calls that are due. */
    void fire(Runner runner) {
        long now = nanoTime.getAsLong();
        while (!calls.isEmpty() && calls.peek().atNanos - now <= 0) {
            Call call = calls.remove();
            if (!call.isDead()) {
                runner.timer(call.owner, call.action);
            }
        }
    }
}
