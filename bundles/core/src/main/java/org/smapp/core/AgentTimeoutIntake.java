package org.smapp.core;

import java.util.concurrent.atomic.AtomicLong;
import org.smapp.api.event.EventsLost;
import org.smapp.api.event.SubflowTimeout;
import org.smapp.api.timeout.TimeoutIntake;
import org.smapp.core.agent.Supervisor;
import org.smapp.linux.NetworkNamespace;

/** Where timeouts enter the agent. Thread-safe. */
final class AgentTimeoutIntake implements TimeoutIntake {

    /**
     * Where events come from.
     *
     * @param reason why from there
     */
    record Description(String source, String reason) {}

    private final Supervisor agent;
    private final NetworkNamespace namespace;
    private final AtomicLong lost = new AtomicLong();
    private volatile Description description =
            new Description("none", "The bundle org.smapp.timeouts has not started: install it, or look at the log.");

    AgentTimeoutIntake(Supervisor agent, NetworkNamespace namespace) {
        this.agent = agent;
        this.namespace = namespace;
    }

    Description description() {
        return description;
    }

    @Override
    public String namespace() {
        return namespace.file().toString();
    }

    @Override
    public void offer(SubflowTimeout timeout) {
        if (!agent.offer(timeout)) {
            lost.incrementAndGet(); // announced when there is room again
        } else if (lost.getPlain() > 0) {
            lost(0);
        }
    }

    @Override
    public void lost(long count) {
        lost.addAndGet(count);
        long all = lost.getAndSet(0);
        if (all > 0 && !agent.announce(new EventsLost("expiries of retransmission timers", all))) {
            lost.addAndGet(all);
        }
    }

    @Override
    public void describe(String source, String reason) {
        description = new Description(source, reason);
    }
}
