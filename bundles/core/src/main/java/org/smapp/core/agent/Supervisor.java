package org.smapp.core.agent;

import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.smapp.api.Command;
import org.smapp.api.ConnectionSnapshot;
import org.smapp.api.ControllerSnapshot;
import org.smapp.api.HostAddress;
import org.smapp.api.LocalAddress;
import org.smapp.api.Outcome;
import org.smapp.api.event.EventsLost;
import org.smapp.api.event.SubflowTimeout;
import org.smapp.api.measure.Measurements;
import org.smapp.core.measure.KernelMeasurements;
import org.smapp.core.memory.ConnectionMemory;
import org.smapp.core.publish.PublishQueue;
import org.smapp.linux.Linux;
import org.smapp.linux.NetworkNamespace;

/**
 * Keeps an agent running, whatever controllers do; everybody else reaches the agent through this. An agent is one set of
 * sockets, one table and one thread. It is replaced when a controller keeps it for too long, when its thread died, or when
 * its settings change.
 *
 * <p>Thread-safe.
 */
public final class Supervisor implements AutoCloseable {

    private final KernelMeasurements measurements;
    private final DesiredState desired = new DesiredState();
    private final Succession agents;
    private final Watchdog watchdog;

    private Supervisor(
            Linux linux,
            NetworkNamespace namespace,
            AgentSettings settings,
            PublishQueue queue,
            ConnectionMemory memory,
            AgentClock clock,
            KernelMeasurements measurements)
            throws IOException {
        this.measurements = measurements;
        agents = new Succession(linux, namespace, settings, measurements, desired, queue, memory, clock);
        watchdog = new Watchdog(agents, clock, linux::favourThisThread, new Precedence(Precedence.PRESSURE));
        watchdog.start();
    }

    /**
     * Opens the first agent, compares with the kernel, and lets it run.
     *
     * @throws IOException with a sentence for the operator
     */
    public static Supervisor start(
            Linux linux,
            NetworkNamespace namespace,
            AgentSettings settings,
            PublishQueue queue,
            ConnectionMemory memory,
            AgentClock clock)
            throws IOException {
        KernelMeasurements measurements = KernelMeasurements.open(linux, namespace);
        try {
            return new Supervisor(linux, namespace, settings, queue, memory, clock, measurements);
        } catch (IOException | RuntimeException e) {
            measurements.close();
            throw e;
        }
    }

    /** Lets an agent with other settings take over. Waits for the end of the last one; nobody else has to. */
    public void settings(AgentSettings next) throws InterruptedException {
        agents.settings(next);
    }

    AgentSettings settings() {
        return agents.settings();
    }

    /** Changes the desired state and returns it; the agent applies it soon. */
    public Desired desire(UnaryOperator<Desired> change) {
        Desired next = desired.change(change);
        agents.agent().wakeUp();
        return next;
    }

    /**
     * Waits until the agent has applied {@code wanted}: from then on it calls no controller that is not part of it.
     *
     * @return false if the time is over first
     */
    public boolean awaitReached(Desired wanted, long ms) throws InterruptedException {
        return desired.awaitReached(wanted, ms);
    }

    /** Takes in whether new connections come to SMAPP, or somebody gave them to the in-kernel path manager. */
    public void selected(boolean now) {
        agents.selected(now);
    }

    /** Takes in an expiry of a retransmission timer. Returns false if too many messages wait. */
    public boolean offer(SubflowTimeout timeout) {
        return agents.agent().requests().offer(timeout);
    }

    /** Publishes that events were lost. Returns false if too many messages wait. */
    public boolean announce(EventsLost event) {
        return agents.agent().requests().announce(event);
    }

    /** Carries out a command for an operator; {@code done} hears what became of it. */
    public boolean submit(Command command, String reason, Consumer<Outcome> done) {
        return agents.agent().requests().submit(command, reason, done);
    }

    /** Returns the connections, in no order. */
    public Collection<ConnectionSnapshot> connections() {
        return agents.agent().connections();
    }

    /** Returns the controllers, and how many connections each has. */
    public List<ControllerSnapshot> controllers() {
        Map<String, Long> owned = connections().stream()
                .collect(Collectors.groupingBy(ConnectionSnapshot::controller, Collectors.counting()));
        Desired now = desired.latest();
        return now.controllers().stream()
                .map(each -> new ControllerSnapshot(
                        each.name(),
                        each.version().toString(),
                        each.bundle(),
                        now.isBest(each) ? owned.getOrDefault(each.name(), 0L).intValue() : 0,
                        now.whyQuarantined(each)))
                .toList();
    }

    /** Returns the addresses that subflows can use. */
    public List<LocalAddress> localAddresses() {
        return agents.agent().localAddresses();
    }

    /** Returns all addresses of this host. */
    public List<HostAddress> hostAddresses() {
        return agents.agent().hostAddresses();
    }

    /** Returns how many messages wait. */
    public int inbox() {
        return agents.agent().inbox();
    }

    /** Returns the size of the event socket's buffer in bytes. */
    public int receiveBufferBytes() {
        return agents.agent().receiveBufferBytes();
    }

    /** Returns what was counted since the start, by all agents. */
    public AgentFigures figures() {
        return agents.figures();
    }

    /** Returns how often another thread had to become the agent. */
    public int replaced() {
        return agents.replaced();
    }

    /** Returns what is not as it should be with the agents. */
    public List<String> warnings() {
        return agents.warnings();
    }

    /** Returns how many calls of controllers took longer than they should. */
    public long slowCalls() {
        return watchdog.slowCalls();
    }

    /** Returns the figures of connections and subflows; they end with this. */
    public Measurements measurements() {
        return measurements;
    }

    /** Ends the agent; what a controller holds on to is left behind. */
    @Override
    public void close() {
        watchdog.stop();
        agents.close();
        desired.end();
        measurements.close();
    }
}
