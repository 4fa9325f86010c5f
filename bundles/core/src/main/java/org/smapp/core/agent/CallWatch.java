package org.smapp.core.agent;

import java.util.concurrent.atomic.AtomicLong;

/**
 * Whether the agent is inside a controller's code right now. A blocked thread can't be killed, only shut out; so the agent
 * must ask at the end of each call whether it is still the agent. Exactly one of two things happens to a call: the agent ends
 * it, or the watchdog takes it over and {@link #end} throws {@link Fenced}, with which the thread leaves everything behind.
 *
 * <p>{@link #begin} and {@link #end} are for the agent's thread and cost a few nanoseconds; the rest is for any.
 */
final class CallWatch {

    static final long NO_CALL = 0;
    private static final long FENCED = -1;

    private final AtomicLong call = new AtomicLong(NO_CALL);
    private long made;
    private InstalledController controller;
    private String what = "";

    /** Thrown on a thread that no longer is the agent's. */
    static final class Fenced extends Error {
        private static final long serialVersionUID = 1L;

        Fenced() {
            super("This thread was shut out because a controller kept it for too long", null, false, false);
        }
    }

    void begin(InstalledController whom, String doing) {
        controller = whom;
        what = doing;
        made++;
        if (!call.compareAndSet(NO_CALL, made)) {
            throw new Fenced();
        }
    }

    void end() {
        if (!call.compareAndSet(made, NO_CALL)) {
            throw new Fenced();
        }
    }

    /** Returns how many calls were begun, roughly: no thread waits for another here. */
    long calls() {
        return made;
    }

    /** Returns the number of the call that is going on, or {@link #NO_CALL}. */
    long current() {
        return call.get();
    }

    /** Takes the agent's place away from its thread, if the call is still going on. */
    boolean fence(long which) {
        return call.compareAndSet(which, FENCED);
    }

    /** Takes the agent's place away from its thread, whatever it does: it ends at its present or next call. */
    void shutOut() {
        call.set(FENCED);
    }

    boolean isFenced() {
        return call.getOpaque() == FENCED;
    }

    /** Returns whose code is called; after {@link #fence} it does not change any more. */
    InstalledController controller() {
        return controller;
    }

    /** Returns what it is called for. */
    String what() {
        return what;
    }
}
