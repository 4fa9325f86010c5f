package org.smapp.core.agent;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks again and again whether the agent is still inside the same call of a controller. Time in which this thread did not
 * run either (a paused machine) does not count.
 */
final class Watchdog implements Runnable {

    private static final Logger LOG = LoggerFactory.getLogger(Watchdog.class);
    private static final long HANGING_NANOS = TimeUnit.SECONDS.toNanos(10);
    private static final long WARN_AT_MOST_EVERY_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final Ward ward;
    private final AgentClock clock;
    private final Runnable favour;
    private final Precedence precedence;
    private final CountDownLatch stopped = new CountDownLatch(1);
    private CallWatch seen;
    private long seenCall;
    private long busyNanos;
    private long lookedAt;
    private long warnedAt;
    private long seenProgress;
    private long hangingNanos;
    private boolean failing;
    private volatile long slowCalls;

    /** Whose calls are watched. */
    interface Ward {
        /** Returns the present agent's calls. */
        CallWatch watch();

        /** Returns the present agent's thread. */
        Precedence.Thread thread();

        /** Returns how long calls may take. */
        AgentSettings settings();

        /** Puts another agent in the place of one that was fenced off, because its thread does not come back from a controller. */
        void replaceStuck(CallWatch stuck, InstalledController controller, String why);

        /** Returns a number that changes as the present agent goes on, and is even while it has nothing to do. */
        long progress();

        /** Puts another agent in the place of one that hangs though no controller is called. */
        void replaceHanging(CallWatch hanging);

        /** Puts another agent in the place of one whose thread has died, unless somebody else is about to. */
        void reviveIfDead();
    }

    /**
     * @param favour makes the calling thread run ahead of others, as the one that it watches does
     * @param precedence is updated with each look
     */
    Watchdog(Ward ward, AgentClock clock, Runnable favour, Precedence precedence) {
        this.ward = ward;
        this.clock = clock;
        this.favour = favour;
        this.precedence = precedence;
        lookedAt = clock.nanoTime();
        warnedAt = lookedAt - WARN_AT_MOST_EVERY_NANOS;
    }

    void start() {
        Thread thread = new Thread(this, "smapp-watchdog");
        thread.setDaemon(true);
        thread.start();
    }

    void stop() {
        stopped.countDown();
    }

    long slowCalls() {
        return slowCalls;
    }

    @Override
    public void run() {
        favour.run();
        try {
            while (!stopped.await(everyNanos(), TimeUnit.NANOSECONDS)) {
                lookWhateverHappens();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Without it nobody would watch over controllers. */
    private void lookWhateverHappens() {
        try {
            look();
            failing = false;
        } catch (RuntimeException | Error e) {
            if (!failing) {
                LOG.error("The watchdog failed; it looks again", e);
            }
            failing = true;
        }
    }

    /** Returns how often to look: often enough to see a slow call. */
    private long everyNanos() {
        AgentSettings settings = ward.settings();
        return TimeUnit.MILLISECONDS.toNanos(Math.max(1, Math.min(settings.slowCallMs(), settings.stuckCallMs()) / 2));
    }

    /** Looks once. */
    void look() {
        long now = clock.nanoTime();
        long passed = Math.min(now - lookedAt, 2 * everyNanos());
        lookedAt = now;
        judge(now, passed);
        precedence.look(ward.thread(), now);
    }

    private void judge(long now, long passed) {
        CallWatch watch = ward.watch();
        long call = watch.current();
        if (call == CallWatch.NO_CALL) {
            ward.reviveIfDead();
            judgeTheAgent(watch, passed);
        }
        if (call == CallWatch.NO_CALL || call != seenCall || watch != seen) {
            seenCall = call;
            seen = watch;
            busyNanos = 0;
            return;
        }
        boolean wasSlow = isSlow();
        busyNanos += passed;
        InstalledController controller = watch.controller();
        String doing = watch.what();
        if (isLongerThan(ward.settings().stuckCallMs()) && watch.fence(call)) {
            long ms = TimeUnit.NANOSECONDS.toMillis(busyNanos);
            ward.replaceStuck(watch, watch.controller(), "did not return from " + watch.what() + " for " + ms + " ms");
        } else if (!wasSlow && isSlow() && watch.current() == call) {
            slowCalls = slowCalls + 1; // this thread alone writes it
            warn(controller, doing, now);
        }
    }

    /** The agent itself may hang, too, or go round in circles. */
    private void judgeTheAgent(CallWatch watch, long passed) {
        long progress = ward.progress();
        if (progress % 2 == 0 || progress != seenProgress || watch != seen) {
            seenProgress = progress;
            hangingNanos = 0;
            return;
        }
        hangingNanos += passed;
        if (hangingNanos >= HANGING_NANOS) {
            hangingNanos = 0;
            ward.replaceHanging(watch);
        }
    }

    private void warn(InstalledController controller, String doing, long now) {
        if (now - warnedAt >= WARN_AT_MOST_EVERY_NANOS) {
            warnedAt = now;
            LOG.warn("Controller {} holds up everybody in {}: it must never wait", controller, doing);
        }
    }

    private boolean isSlow() {
        return isLongerThan(ward.settings().slowCallMs());
    }

    private boolean isLongerThan(long ms) {
        return busyNanos >= TimeUnit.MILLISECONDS.toNanos(ms);
    }
}
