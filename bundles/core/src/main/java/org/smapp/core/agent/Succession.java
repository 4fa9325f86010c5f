package org.smapp.core.agent;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.smapp.api.ConnectionSnapshot;
import org.smapp.api.Token;
import org.smapp.api.event.ControllerQuarantined;
import org.smapp.api.measure.Measurements;
import org.smapp.core.memory.ConnectionMemory;
import org.smapp.core.memory.Remembered;
import org.smapp.core.publish.Outbox;
import org.smapp.core.publish.PublishQueue;
import org.smapp.linux.Linux;
import org.smapp.linux.NetworkNamespace;

/**
 * Replaces one agent by the next. The next one subscribes to the kernel's events before the sockets of the last one are
 * closed, and then asks the kernel for everything: so no event is lost, and nothing that a stuck thread did is missed.
 * Connections and their subflows notice nothing.
 *
 * <p>Thread-safe.
 */
final class Succession implements Watchdog.Ward, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Succession.class);

    private final Linux linux;
    private final NetworkNamespace namespace;
    private final Measurements measurements;
    private final DesiredState desired;
    private final PublishQueue queue;
    private final ConnectionMemory memory;
    private final AgentClock clock;
    private AgentFigures earlier = AgentFigures.NONE;
    private final Revivals revivals = new Revivals();
    private AgentThread noted;
    private List<ControllerQuarantined> news = List.of();
    private boolean closed;
    private AgentThread leaving;
    private volatile boolean selected = true;
    private volatile AgentSettings settings;
    private volatile AgentThread thread;
    private volatile int replaced;

    /** Opens the first agent, compares with the kernel, and lets it run. */
    Succession(
            Linux linux,
            NetworkNamespace namespace,
            AgentSettings settings,
            Measurements measurements,
            DesiredState desired,
            PublishQueue queue,
            ConnectionMemory memory,
            AgentClock clock)
            throws IOException {
        this.linux = linux;
        this.namespace = namespace;
        this.settings = settings;
        this.measurements = measurements;
        this.desired = desired;
        this.queue = queue;
        this.memory = memory;
        this.clock = clock;
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
                linux,
                namespace,
                new Surroundings(measurements, settings, desired, outbox, clock, recall, this::failed, () -> selected));
    }

    private void run(Agent next) {
        thread = new AgentThread(linux, next);
        thread.start();
    }

    /** On the agent's thread. */
    private void failed(InstalledController controller, String why, ControllerFailure cause) {
        desired.change(now -> now.withQuarantined(controller, why));
        LOG.error("Controller {} {}. It is out of service; update its bundle to try again", controller, why, cause);
    }

    @Override
    public synchronized void replaceStuck(CallWatch stuck, InstalledController controller, String why) {
        failed(controller, why, null);
        if (watch() == stuck) {
            news = List.of(new ControllerQuarantined(
                    controller.name(), controller.version().toString(), why));
            thread.leaveBehind();
            replace(thread, controller + " " + why);
        }
    }

    @Override
    public CallWatch watch() {
        return agent().watch();
    }

    @Override
    public synchronized void reviveIfDead() {
        AgentThread dead = thread;
        if (closed || dead == leaving || dead.isAlive()) {
            return;
        }
        long now = clock.nanoTime();
        if (noted != dead) {
            noted = dead;
            revivals.failed(now);
        }
        if (revivals.isDue(now)) {
            replace(dead, "the agent had failed");
            if (thread == dead) {
                revivals.failed(now);
            }
        }
    }

    @Override
    public synchronized void replaceHanging(CallWatch hanging) {
        if (closed || watch() != hanging || thread == leaving) {
            return;
        }
        AgentThread last = thread;
        hanging.shutOut();
        Throwable where = new Throwable("it is here");
        where.setStackTrace(last.getStackTrace());
        LOG.error("The agent hangs, and no controller is the reason: please report this. Another follows", where);
        last.leaveBehind();
        revivals.failed(clock.nanoTime());
        replace(last, "the agent hung");
    }

    /** Returns what an operator has to know of the agents. */
    synchronized List<String> warnings() {
        int failures = revivals.lately(clock.nanoTime());
        return failures == 0
                ? List.of()
                : List.of("The agent failed or hung " + (failures == 1 ? "once" : failures + " times")
                        + " within minutes. Another follows each time, "
                        + "later and later; connections keep their subflows, and nobody reacts to events meanwhile. The log"
                        + " has the reason: please report it");
    }

    /** Lets an agent with other settings take over. Waits for the end of the last one; nobody else has to. */
    void settings(AgentSettings next) throws InterruptedException {
        AgentThread last;
        synchronized (this) {
            if (closed || next.equals(settings)) {
                return;
            }
            settings = next;
            last = thread;
            leaving = last;
        }
        try {
            last.end(next.stuckCallMs());
        } finally {
            synchronized (this) {
                replace(last, "the configuration changed");
                leaving = null;
            }
        }
    }

    private void replace(AgentThread old, String reason) {
        if (closed || old != thread) {
            return;
        }
        Agent last = old.agent();
        Agent next = null;
        try {
            Outbox outbox = new Outbox(queue, clock::epochMs);
            Map<Token, ConnectionSnapshot> known = new ConcurrentHashMap<>();
            last.connections().forEach(each -> known.put(each.token(), each));
            next = open(outbox, token -> recall(known, token));
            last.close();
            news.forEach(each -> outbox.add(each, false)); // the last agent's way out is closed by now
            news = List.of();
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

    /** Takes in whether new connections come to SMAPP. */
    void selected(boolean now) {
        boolean lost = selected && !now;
        selected = now;
        if (lost) {
            agent().requests().doubtAll();
        }
    }

    /** Returns the agent of now. */
    Agent agent() {
        return thread.agent();
    }

    @Override
    public long progress() {
        return agent().progress();
    }

    @Override
    public AgentThread thread() {
        return thread;
    }

    @Override
    public AgentSettings settings() {
        return settings;
    }

    /** Returns what was counted since the start, by all agents. */
    synchronized AgentFigures figures() {
        return earlier.plus(agent().figures());
    }

    /** Returns how often another thread had to become the agent. */
    int replaced() {
        return replaced;
    }

    /** Ends the agent; what a controller holds on to is left behind. */
    @Override
    public void close() {
        AgentThread last;
        synchronized (this) {
            closed = true;
            last = thread;
        }
        try {
            last.end(settings.stuckCallMs());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        synchronized (this) {
            last.agent().close();
        }
        last.interrupt();
    }
}
