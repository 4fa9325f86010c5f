package org.smapp.core.agent;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks every now and then whether the agent is still inside the same call of a controller. Time that this thread did not
 * get either (a paused machine) is not counted against the controller.
 */
final class Watchdog implements Runnable {

    private static final Logger LOG = LoggerFactory.getLogger(Watchdog.class);
    private static final long WARN_AT_MOST_EVERY_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final Supervisor supervisor;
    private final Runnable favour;
    private final Precedence precedence;
    private final CountDownLatch stopped = new CountDownLatch(1);
    private Agent seenAgent;
    private long seenCall;
    private long busyNanos;
    private long lookedAt;
    private long warnedAt;
    private volatile long slowCalls;

    /**
     * @param favour makes the calling thread run ahead of others, as the one that it watches does
     * @param precedence is kept up to date by the way
     */
    Watchdog(Supervisor supervisor, Runnable favour, Precedence precedence) {
        this.supervisor = supervisor;
        this.favour = favour;
        this.precedence = precedence;
    }

    void start() {
        Thread thread = new Thread(this, "smapp-watchdog");
        thread.setDaemon(true);
        lookedAt = System.nanoTime();
        warnedAt = lookedAt - WARN_AT_MOST_EVERY_NANOS;
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
            while (!stopped.await(Supervisor.lookMs(supervisor.settings()), TimeUnit.MILLISECONDS)) {
                look();
                precedence.look(supervisor.thread(), lookedAt);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            LOG.error("Nobody watches over controllers any more: restart SMAPP", e);
        }
    }

    private void look() {
        long now = System.nanoTime();
        long passed = Math.min(now - lookedAt, Supervisor.nanos(2 * Supervisor.lookMs(supervisor.settings())));
        lookedAt = now;
        Agent agent = supervisor.agent();
        long call = agent.watch().current();
        if (call == CallWatch.NO_CALL) {
            supervisor.reviveIfDead();
        }
        if (call == CallWatch.NO_CALL || call != seenCall || agent != seenAgent) {
            seenCall = call;
            seenAgent = agent;
            busyNanos = 0;
            return;
        }
        boolean wasSlow = isSlow();
        busyNanos += passed;
        judge(agent, call, !wasSlow && isSlow(), now);
    }

    private boolean isSlow() {
        return busyNanos >= Supervisor.nanos(supervisor.settings().slowCallMs());
    }

    private void judge(Agent agent, long call, boolean becameSlow, long now) {
        CallWatch watch = agent.watch();
        String doing = watch.what();
        InstalledController controller = watch.controller();
        if (busyNanos >= Supervisor.nanos(supervisor.settings().stuckCallMs()) && watch.fence(call)) {
            long ms = TimeUnit.NANOSECONDS.toMillis(busyNanos);
            supervisor.replaceStuck(
                    agent, watch.controller(), "did not return from " + watch.what() + " for " + ms + " ms");
        } else if (becameSlow && watch.current() == call) {
            slowCalls = slowCalls + 1; // this thread alone writes it
            if (now - warnedAt >= WARN_AT_MOST_EVERY_NANOS) {
                warnedAt = now;
                LOG.warn("Controller {} holds up everybody in {}: it must never wait", controller, doing);
            }
        }
    }
}
