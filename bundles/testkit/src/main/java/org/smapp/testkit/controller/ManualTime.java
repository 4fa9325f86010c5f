package org.smapp.testkit.controller;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.smapp.api.controller.Connection;

/** A clock that the test moves, with what is to be called when. For one thread. */
final class ManualTime {

    private final List<Call> calls = new ArrayList<>();
    private long nowNanos;

    private static final class Call implements Connection.Timer {
        private final long atNanos;
        private Runnable action;

        Call(long atNanos, Runnable action) {
            this.atNanos = atNanos;
            this.action = action;
        }

        @Override
        public void cancel() {
            action = null;
        }
    }

    /** Calls {@code action} once so much time has passed. */
    Connection.Timer after(Duration delay, Runnable action) {
        Call call = new Call(nowNanos + delay.toNanos(), action);
        calls.add(call);
        return call;
    }

    /** Time passes; what is due is called. */
    void pass(Duration time) {
        long end = nowNanos + time.toNanos();
        for (Call next = next(end); next != null; next = next(end)) {
            calls.remove(next);
            nowNanos = Math.max(nowNanos, next.atNanos);
            next.action.run();
        }
        nowNanos = end;
    }

    private Call next(long end) {
        calls.removeIf(each -> each.action == null);
        return calls.stream()
                .filter(each -> each.atNanos <= end)
                .min(Comparator.comparingLong(each -> each.atNanos))
                .orElse(null);
    }
}
