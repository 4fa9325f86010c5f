package org.smapp.core.agent;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.smapp.linux.Linux;

/** The thread of one agent. Thread-safe. */
final class AgentThread extends Thread implements Precedence.Thread {

    private static final Logger LOG = LoggerFactory.getLogger(AgentThread.class);
    private static final long STOP_MARGIN_MS = 1_000;

    private final Linux linux;
    private final Agent agent;
    private volatile int number;

    AgentThread(Linux linux, Agent agent) {
        super("smapp-agent");
        this.linux = linux;
        this.agent = agent;
        setUncaughtExceptionHandler((which, thrown) -> LOG.error("The agent failed; another follows", thrown));
    }

    @Override
    public void run() {
        number = linux.thisThread();
        linux.favourThisThread();
        agent.run();
    }

    /**
     * Chooses whether this thread, when it wakes up, preempts the one that runs (as it does at first), or waits until that
     * one pauses.
     *
     * @return whether that worked; it can't before the thread runs
     */
    @Override
    public boolean goFirst(boolean first) {
        return number != 0 && linux.preempts(number, first);
    }

    Agent agent() {
        return agent;
    }

    /** Ends it, or leaves it behind if it does not come back from a controller for longer than a call may take. */
    void end(long stuckCallMs) throws InterruptedException {
        agent.stop();
        try {
            join(stuckCallMs + STOP_MARGIN_MS);
        } finally {
            if (isAlive()) {
                agent.watch().shutOut();
                leaveBehind();
                LOG.warn("The agent's thread does not come back from a controller: it is left behind");
            }
        }
    }

    /** Marks this thread as stuck in a controller and replaced: it runs after all others from now on. */
    void leaveBehind() {
        setName("smapp-agent-left-behind");
        if (!linux.holdBack(number)) {
            LOG.debug("The thread that was left behind keeps its priority");
        }
    }
}
