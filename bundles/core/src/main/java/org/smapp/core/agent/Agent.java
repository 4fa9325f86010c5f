package org.smapp.core.agent;

import java.io.IOException;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.smapp.api.Command;
import org.smapp.api.ConnectionSnapshot;
import org.smapp.api.ControllerSnapshot;
import org.smapp.api.LocalAddress;
import org.smapp.api.Outcome;
import org.smapp.api.Token;
import org.smapp.core.pm.PathManagerChannel;
import org.smapp.core.publish.Outbox;
import org.smapp.linux.Linux;
import org.smapp.linux.LinuxException;
import org.smapp.linux.NetlinkSocket;
import org.smapp.linux.NetworkNamespace;
import org.smapp.linux.Poller;
import org.smapp.netlink.NetlinkRequester;
import org.smapp.netlink.diag.SocketTable;

/**
 * The one thread that changes state. It reads the kernel's events, keeps the connection table, calls controllers and carries
 * out their commands, with no hand-over in between; only then does it look at what others want of it.
 *
 * <p>{@link #run} is for one thread; the other public methods are for any, and read snapshots or put a message into the
 * bounded inbox.
 */
public final class Agent implements Runnable {

    private static final int INBOX_CAPACITY = 4096;

    /** How many datagrams are read before timers and inbox get their turn. */
    private static final int DATAGRAMS_IN_A_ROW = 256;

    /** How long nothing must come before the publisher is woken. */
    private static final long QUIET_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

    private final Poller poller;
    private final PathManagerChannel channel;
    private final RouteChannel routes;
    private final LocalAddresses locals;
    private final Outbox outbox;
    private final AgentClock clock;
    private final Timers timers;
    private final ConnectionTable table;
    private final Commander commander;
    private final Assignments assignments;
    private final EventFlow flow;
    private final NetlinkRequester diag;
    private final Reconciliation reconciliation;
    private final long auditNanos;
    private final BlockingQueue<Runnable> inbox = new ArrayBlockingQueue<>(INBOX_CAPACITY);
    private final Map<Token, ConnectionSnapshot> snapshots = new ConcurrentHashMap<>();
    private volatile List<ControllerSnapshot> controllers = List.of();
    private boolean auditDue;
    private volatile boolean stopped;

    private Agent(
            Poller poller,
            PathManagerChannel channel,
            RouteChannel routes,
            NetlinkRequester diag,
            LocalAddresses locals,
            AgentSettings settings,
            Outbox outbox,
            AgentClock clock,
            BiConsumer<InstalledController, Throwable> failures) {
        this.poller = poller;
        this.channel = channel;
        this.routes = routes;
        this.diag = diag;
        this.locals = locals;
        this.outbox = outbox;
        this.clock = clock;
        timers = new Timers(clock::nanoTime);
        table = new ConnectionTable(locals::interfaceOf, () -> Instant.ofEpochMilli(clock.epochMs()));
        commander = new Commander(
                channel::execute, clock::nanoTime, locals::interfaceOf, event -> outbox.add(event, false));
        assignments = new Assignments(
                table,
                timers,
                (row, controller) -> new Lease(row, controller, commander, timers, locals),
                event -> outbox.add(event, false),
                failures);
        assignments.graceNanos(TimeUnit.MILLISECONDS.toNanos(settings.controllerGraceMs()));
        flow = new EventFlow(table, assignments, commander, outbox, clock, snapshots);
        reconciliation = new Reconciliation(channel, new SocketTable(diag), table, flow, clock);
        auditNanos = TimeUnit.MILLISECONDS.toNanos(settings.auditIntervalMs());
    }

    /**
     * Opens everything that an agent needs; events are collected by the kernel from now on.
     *
     * @param failures hears which controller was taken out of service, and what it threw
     * @throws IOException with a sentence for the operator
     */
    public static Agent open(
            Linux linux,
            NetworkNamespace namespace,
            AgentSettings settings,
            Outbox outbox,
            AgentClock clock,
            BiConsumer<InstalledController, Throwable> failures)
            throws IOException {
        PathManagerChannel channel = PathManagerChannel.open(linux, namespace, settings.receiveBufferBytes());
        try {
            LocalAddresses locals = new LocalAddresses(new InterfaceFilter(settings.excludedInterfaces()));
            RouteChannel routes = RouteChannel.open(linux, namespace, locals);
            NetlinkRequester diag = NetlinkRequester.open(linux, namespace, NetlinkSocket.SOCK_DIAG);
            Agent agent =
                    new Agent(linux.openPoller(), channel, routes, diag, locals, settings, outbox, clock, failures);
            agent.watch();
            Rehearsal.hold(channel, clock);
            agent.reconciliation.run("SMAPP started", true);
            agent.scheduleAudit();
            return agent;
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    private void watch() throws LinuxException {
        poller.add(channel.events());
        poller.add(routes.notifications());
        routes.refresh("found at start", flow::local);
    }

    private void scheduleAudit() {
        if (auditNanos > 0) {
            timers.after(auditNanos, null, () -> {
                auditDue = true;
                scheduleAudit();
            });
        }
    }

    @Override
    public void run() {
        try {
            while (!stopped) {
                pass();
            }
        } catch (LinuxException e) {
            throw new IllegalStateException("The agent lost the kernel: " + e.getMessage(), e);
        } finally {
            outbox.flush();
            poller.close();
            channel.close();
            routes.close();
            diag.close();
        }
    }

    private void pass() throws LinuxException {
        if (poller.await(waitNanos()) == 0 || outbox.isDue()) {
            outbox.flush();
        }
        int datagrams = 0;
        while (datagrams < DATAGRAMS_IN_A_ROW && channel.receive(flow)) {
            datagrams++;
        }
        if (flow.takeOverrun()) {
            reconciliation.run("the kernel dropped events", true);
        }
        if (poller.isReadable(routes.notifications())) {
            routes.receive(flow::local);
        }
        for (Runnable next = inbox.poll(); next != null; next = inbox.poll()) {
            next.run();
        }
        timers.fire(flow::timer);
        if (auditDue) {
            auditDue = false;
            reconciliation.run("an audit found differences", false);
        }
    }

    private long waitNanos() {
        long wait = inbox.isEmpty() ? timers.untilNext() : 0;
        boolean quietFirst = outbox.hasCollected() && (wait < 0 || wait > QUIET_NANOS);
        return quietFirst ? QUIET_NANOS : wait;
    }

    /** Ends {@link #run} soon. */
    public void stop() {
        stopped = true;
        poller.wakeUp();
    }

    private boolean tell(Runnable message) {
        boolean taken = inbox.offer(message);
        poller.wakeUp();
        return taken;
    }

    /** Adds a controller. */
    public boolean add(InstalledController controller) {
        return tell(() -> changeAssignments(all -> all.add(controller)));
    }

    /**
     * Takes a controller away. When {@code done} is run, none of its code is called any more.
     */
    public boolean remove(InstalledController controller, Runnable done) {
        return tell(() -> {
            changeAssignments(all -> all.remove(controller));
            done.run();
        });
    }

    /** Replaces all rules. */
    public boolean rules(List<Rule> rules) {
        return tell(() -> changeAssignments(all -> all.rules(rules)));
    }

    private void changeAssignments(Consumer<Assignments> change) {
        commander.causeArrived(clock.nanoTime());
        change.accept(assignments);
        controllers = assignments.snapshot();
        flow.showAll();
    }

    /** Carries out a command for an operator; {@code done} hears what became of it, on the agent's thread. */
    public boolean submit(Command command, String reason, Consumer<Outcome> done) {
        long askedNanos = clock.nanoTime();
        return tell(() -> {
            commander.causeArrived(askedNanos);
            TrackedConnection row = table.get(command.token());
            Command complete = row == null ? command : row.withIds(command);
            Outcome outcome = commander.execute(row, complete, "operator", reason);
            if (row != null) {
                flow.show(row);
            }
            done.accept(outcome);
        });
    }

    /** Returns the connections, in no order. */
    public Collection<ConnectionSnapshot> connections() {
        return snapshots.values();
    }

    /** Returns the controllers; their numbers of connections are those of their last coming or going. */
    public List<ControllerSnapshot> controllers() {
        return controllers;
    }

    /** Returns the addresses that subflows can use. */
    public List<LocalAddress> localAddresses() {
        return locals.usable();
    }

    /** Returns how many messages wait. */
    public int inbox() {
        return inbox.size();
    }

    /** Returns the size of the event socket's buffer in bytes. */
    public int receiveBufferBytes() {
        return channel.receiveBufferBytes();
    }

    /** Returns how many events came. */
    public long received() {
        return flow.receivedCount();
    }

    /** Returns how many messages could not be read. */
    public long malformed() {
        return flow.malformedCount();
    }

    /** Returns how often the kernel reported that it dropped events. */
    public long overruns() {
        return flow.overrunCount();
    }

    /** Returns how often the table had to be corrected by what the kernel has, the start included. */
    public long recoveries() {
        return reconciliation.count();
    }

    /** Returns how long the last comparison with the kernel took, in milliseconds. */
    public long lastComparisonMs() {
        return reconciliation.lastMs();
    }

    /** Returns when the latest event came, in milliseconds since 1970; 0 before the first. */
    public long lastEventMs() {
        return flow.lastEventMs();
    }

    /** Returns how many commands were given. */
    public long commands() {
        return commander.given();
    }

    /** Returns how many of them were refused or not sent. */
    public long refused() {
        return commander.refused();
    }
}
