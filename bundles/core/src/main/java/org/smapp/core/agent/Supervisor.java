package org.smapp.core.agent;

import java.io.IOException;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.smapp.api.Command;
import org.smapp.api.ConnectionSnapshot;
import org.smapp.api.ControllerSnapshot;
import org.smapp.api.HostAddress;
import org.smapp.api.LocalAddress;
import org.smapp.api.Outcome;
import org.smapp.api.Token;
import org.smapp.api.event.ControllerQuarantined;
import org.smapp.api.event.EventsLost;
import org.smapp.api.event.SubflowTimeout;
import org.smapp.api.measure.Measurements;
import org.smapp.core.measure.KernelMeasurements;
import org.smapp.core.memory.ConnectionMemory;
import org.smapp.core.memory.Remembered;
import org.smapp.core.publish.Outbox;
import org.smapp.core.publish.PublishQueue;
import org.smapp.core.rule.Rule;
import org.smapp.linux.Linux;
import org.smapp.linux.NetworkNamespace;

/**
 * Owns the agent, and puts another in its place when a controller keeps it for too long, when its thread died, or when it is
 * to have other settings. An agent is one set of sockets, one table and one thread. The next one subscribes to the kernel's
 * events before the last one's sockets are closed, and asks the kernel for everything after that: so nothing is lost
 * between, and nothing that a stuck thread did is missed. Connections and their subflows notice nothing.
 *
 * <p>Thread-safe.
 */
public final class Supervisor implements AutoCloseable, Watchdog.Ward {

    private static final Logger LOG = LoggerFactory.getLogger(Supervisor.class);
    private static final long STOP_MARGIN_MS = 1_000;

    private final Linux linux;
    private final NetworkNamespace namespace;
    private final PublishQueue queue;
    private final ConnectionMemory memory;
    private final AgentClock clock;
    private final Set<InstalledController> controllers = new HashSet<>();
    private final Map<InstalledController, String> quarantined = new ConcurrentHashMap<>();
    private final Watchdog watchdog;
    private final KernelMeasurements measurements;
    private List<Rule> rules = List.of();
    private AgentFigures earlier = AgentFigures.NONE;
    private List<ControllerQuarantined> news = List.of();
    private boolean closed;
    private volatile AgentThread thread;
    private Agent leaving;
    private volatile AgentSettings settings;
    private volatile Agent agent;
    private volatile int replaced;

    private Supervisor(
            Linux linux,
            NetworkNamespace namespace,
            AgentSettings settings,
            PublishQueue queue,
            ConnectionMemory memory,
            AgentClock clock)
            throws IOException {
        this.linux = linux;
        this.namespace = namespace;
        this.settings = settings;
        this.queue = queue;
        this.memory = memory;
        this.clock = clock;
        measurements = KernelMeasurements.open(linux, namespace);
        watchdog = new Watchdog(this, clock, linux::favourThisThread, new Precedence(Precedence.PRESSURE));
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
        Supervisor supervisor = new Supervisor(linux, namespace, settings, queue, memory, clock);
        try {
            supervisor.startFirst();
        } catch (IOException | RuntimeException e) {
            supervisor.measurements.close();
            throw e;
        }
        supervisor.watchdog.start();
        return supervisor;
    }

    private void startFirst() throws IOException {
        Agent first = open(new Outbox(queue, clock::epochMs), memory::recall);
        try {
            first.rehearse();
            first.begin("SMAPP started", List.of());
        } catch (IOException | RuntimeException e) {
            first.close();
            throw e;
        }
        run(first);
    }

    private Agent open(Outbox outbox, Function<Token, Remembered> recall) throws IOException {
        return Agent.open(
                linux, namespace, new Surroundings(measurements, settings, outbox, clock, recall, this::failed));
    }

    private void run(Agent next) {
        agent = next;
        thread = new AgentThread(linux, next);
        thread.start();
    }

    /** On the agent's thread. */
    private void failed(InstalledController controller, String why, ControllerFailure cause) {
        quarantined.put(controller, why);
        LOG.error("Controller {} {}. It is out of service; update its bundle to try again", controller, why, cause);
    }

    @Override
    public synchronized void replaceStuck(CallWatch stuck, InstalledController controller, String why) {
        failed(controller, why, null);
        if (agent.watch() == stuck) {
            news = List.of(new ControllerQuarantined(
                    controller.name(), controller.version().toString(), why));
            thread.leaveBehind();
            replace(agent, controller + " " + why);
        }
    }

    @Override
    public CallWatch watch() {
        return agent.watch();
    }

    @Override
    public synchronized void reviveIfDead() {
        if (!closed && agent != leaving && !thread.isAlive()) {
            replace(agent, "the agent had failed");
        }
    }

    /** Lets an agent with other settings take over. Waits for the end of the last one; nobody else has to. */
    public void settings(AgentSettings next) throws InterruptedException {
        Agent last;
        AgentThread its;
        synchronized (this) {
            if (closed || next.equals(settings)) {
                return;
            }
            settings = next;
            last = agent;
            its = thread;
            leaving = last;
        }
        try {
            stop(last, its);
        } finally {
            synchronized (this) {
                replace(last, "the configuration changed");
                leaving = null;
            }
        }
    }

    private void stop(Agent last, AgentThread its) throws InterruptedException {
        last.stop();
        try {
            its.join(settings.stuckCallMs() + STOP_MARGIN_MS);
        } finally {
            if (its.isAlive()) {
                last.watch().shutOut();
                its.leaveBehind();
                LOG.warn("The agent's thread does not come back from a controller: it is left behind");
            }
        }
    }

    private void replace(Agent last, String reason) {
        if (closed || last != agent) {
            return;
        }
        Thread old = thread;
        Agent next = null;
        try {
            Outbox outbox = new Outbox(queue, clock::epochMs);
            Map<Token, ConnectionSnapshot> known = new ConcurrentHashMap<>();
            last.connections().forEach(each -> known.put(each.token(), each));
            next = open(outbox, token -> recall(known, token));
            last.close();
            news.forEach(each -> outbox.add(each, false)); // the last agent's way out is closed by now
            news = List.of();
            next.requests().restore(Set.copyOf(controllers), Map.copyOf(quarantined), rules);
            next.begin(reason, known.values());
            earlier = earlier.plus(last.figures());
            replaced = replaced + 1;
            run(next);
            LOG.info("Another thread is the agent now, because {}", reason);
        } catch (IOException | RuntimeException e) {
            if (next != null) {
                next.close();
            }
            LOG.error("No other agent can be started ({}); tried again until it works", e.getMessage(), e);
        } finally {
            old.interrupt();
        }
    }

    private Remembered recall(Map<Token, ConnectionSnapshot> known, Token token) {
        ConnectionSnapshot last = known.get(token);
        return last == null ? memory.recall(token) : Remembered.of(last);
    }

    /** Adds a controller. Returns false if too many messages wait. */
    public synchronized boolean add(InstalledController controller) {
        controllers.add(controller);
        return agent.requests().add(controller);
    }

    /** Takes a controller away. When {@code done} is run, none of its code is called any more by the agent. */
    public synchronized boolean remove(InstalledController controller, Runnable done) {
        controllers.remove(controller);
        quarantined.remove(controller);
        return agent.requests().remove(controller, done);
    }

    /** Hands a controller's connections to it anew. Returns false if too many messages wait. */
    public synchronized boolean renew(InstalledController controller) {
        return agent.requests().renew(controller);
    }

    /** Replaces all rules. */
    public synchronized boolean rules(List<Rule> next) {
        rules = List.copyOf(next);
        return agent.requests().rules(rules);
    }

    /** Takes in an expiry of a retransmission timer. Returns false if too many messages wait. */
    public boolean offer(SubflowTimeout timeout) {
        return agent.requests().offer(timeout);
    }

    /** Publishes that events were lost. Returns false if too many messages wait. */
    public boolean announce(EventsLost event) {
        return agent.requests().announce(event);
    }

    /** Carries out a command for an operator; {@code done} hears what became of it. */
    public synchronized boolean submit(Command command, String reason, Consumer<Outcome> done) {
        return agent.requests().submit(command, reason, done);
    }

    /** Returns the connections, in no order. */
    public Collection<ConnectionSnapshot> connections() {
        return agent.connections();
    }

    /** Returns the controllers; their numbers of connections are those of their last coming or going. */
    public List<ControllerSnapshot> controllers() {
        return agent.controllers();
    }

    /** Returns the addresses that subflows can use. */
    public List<LocalAddress> localAddresses() {
        return agent.localAddresses();
    }

    /** Returns all addresses of this host. */
    public List<HostAddress> hostAddresses() {
        return agent.hostAddresses();
    }

    /** Returns how many messages wait. */
    public int inbox() {
        return agent.inbox();
    }

    /** Returns the size of the event socket's buffer in bytes. */
    public int receiveBufferBytes() {
        return agent.receiveBufferBytes();
    }

    /** Returns what was counted since the start, by all agents. */
    public synchronized AgentFigures figures() {
        return earlier.plus(agent.figures());
    }

    /** Returns how often another thread had to become the agent. */
    public int replaced() {
        return replaced;
    }

    /** Returns how many calls of controllers took longer than they should. */
    public long slowCalls() {
        return watchdog.slowCalls();
    }

    /** Returns the figures of connections and subflows; they end with this. */
    public Measurements measurements() {
        return measurements;
    }

    @Override
    public AgentSettings settings() {
        return settings;
    }

    /** Ends the agent; what a controller holds on to is left behind. */
    @Override
    public void close() {
        Agent last;
        AgentThread its;
        synchronized (this) {
            if (closed) {
                return;
            }
            closed = true;
            last = agent;
            its = thread;
        }
        watchdog.stop();
        try {
            stop(last, its);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        synchronized (this) {
            last.close();
        }
        measurements.close();
        its.interrupt();
    }

    @Override
    public AgentThread thread() {
        return thread;
    }
}
