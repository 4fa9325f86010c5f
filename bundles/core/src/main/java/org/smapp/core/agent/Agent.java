package org.smapp.core.agent;

import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
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
import org.smapp.api.event.EventsLost;
import org.smapp.api.event.SubflowTimeout;
import org.smapp.api.measure.Measurements;
import org.smapp.core.measure.Figures;
import org.smapp.core.memory.Remembered;
import org.smapp.core.pm.PathManagerChannel;
import org.smapp.core.publish.Outbox;
import org.smapp.core.rule.Rule;
import org.smapp.linux.Linux;
import org.smapp.linux.LinuxException;
import org.smapp.linux.NetlinkSocket;
import org.smapp.linux.NetworkNamespace;
import org.smapp.linux.Poller;
import org.smapp.netlink.NetlinkRequester;
import org.smapp.netlink.diag.MptcpSocket;
import org.smapp.netlink.diag.SocketTable;

/**
 * The one thread that changes state. It reads the kernel's events, keeps the connection table, calls controllers and carries
 * out their commands, with no hand-over in between; only then does it look at what others want of it.
 *
 * <p>{@link #run} is for one thread; the other methods are for any, and read snapshots or put a message into the
 * bounded inbox.
 */
final class Agent implements Runnable {

    private static final Logger LOG = LoggerFactory.getLogger(Agent.class);

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
    private final SocketTable sockets;
    private final Figures figures;
    private final ControllerSeries series;
    private final Reconciliation reconciliation;
    private final long auditNanos;
    private final CallWatch watch = new CallWatch();
    private final BlockingQueue<Message> inbox = new ArrayBlockingQueue<>(INBOX_CAPACITY);
    private final Map<Token, ConnectionSnapshot> snapshots = new ConcurrentHashMap<>();
    private volatile List<ControllerSnapshot> controllers = List.of();
    private boolean auditDue;
    private volatile boolean stopped;
    private volatile boolean closed;

    private Agent(
            Poller poller,
            PathManagerChannel channel,
            RouteChannel routes,
            NetlinkRequester diag,
            Measurements measurements,
            LocalAddresses locals,
            AgentSettings settings,
            Outbox outbox,
            AgentClock clock,
            Function<Token, Remembered> memory,
            Quarantine failures) {
        this.poller = poller;
        this.channel = channel;
        this.routes = routes;
        this.diag = diag;
        this.locals = locals;
        this.outbox = outbox;
        this.clock = clock;
        sockets = new SocketTable(diag);
        timers = new Timers(clock::nanoTime);
        figures = new Figures(sockets);
        series = new ControllerSeries(measurements, this::tell, this::callBack);
        table = new ConnectionTable(locals::interfaceOf, clock::epochMs);
        commander = new Commander(
                channel::execute,
                clock::nanoTime,
                locals::interfaceOf,
                event -> outbox.add(event, false),
                watch::isFenced);
        assignments = new Assignments(
                table,
                timers,
                (row, controller) -> new Lease(
                        row,
                        controller,
                        commander,
                        timers,
                        locals,
                        new CommandBudget(settings.commandsPerSecond()),
                        figures,
                        series),
                event -> outbox.add(event, false),
                watch,
                (controller, why, cause) -> {
                    failures.happened(controller, why, cause);
                    outOfService();
                },
                this::uid,
                this::moved);
        assignments.graceNanos(TimeUnit.MILLISECONDS.toNanos(settings.controllerGraceMs()));
        flow = new EventFlow(table, assignments, commander, outbox, clock, snapshots);
        reconciliation = new Reconciliation(channel, sockets, table, flow, clock, memory);
        auditNanos = TimeUnit.MILLISECONDS.toNanos(settings.auditIntervalMs());
    }

    /**
     * Opens everything that an agent needs; events are collected by the kernel from now on. {@link #begin} comes next.
     *
     * @param measurements serves the series that controllers ask for
     * @param memory what is remembered of a connection, or null
     * @param failures hears which controller was taken out of service, on the agent's thread
     * @throws IOException with a sentence for the operator
     */
    static Agent open(
            Linux linux,
            NetworkNamespace namespace,
            Measurements measurements,
            AgentSettings settings,
            Outbox outbox,
            AgentClock clock,
            Function<Token, Remembered> memory,
            Quarantine failures)
            throws IOException {
        PathManagerChannel channel = PathManagerChannel.open(linux, namespace, settings.receiveBufferBytes());
        try {
            LocalAddresses locals = new LocalAddresses(settings.addressFilter());
            RouteChannel routes = RouteChannel.open(linux, namespace, locals);
            NetlinkRequester diag = NetlinkRequester.open(linux, namespace, NetlinkSocket.SOCK_DIAG);
            return new Agent(
                    linux.openPoller(),
                    channel,
                    routes,
                    diag,
                    measurements,
                    locals,
                    settings,
                    outbox,
                    clock,
                    memory,
                    failures);
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    /** Goes through a made-up connection's life, so that the first real ones are answered as quickly as the later ones. */
    void rehearse() {
        Rehearsal.hold(channel, figures, series, clock);
    }

    /**
     * Learns from the kernel what there is; {@link #run} comes next.
     *
     * @param reason for the journal
     * @param before the connections that others believe to be there
     */
    void begin(String reason, Collection<ConnectionSnapshot> before) throws LinuxException {
        poller.add(channel.events());
        poller.add(routes.notifications());
        routes.refresh("found at start", flow::local);
        reconciliation.run(reason, true);
        for (ConnectionSnapshot each : before) {
            if (table.get(each.token()) == null) {
                flow.announceEnd(each.token());
            }
        }
        scheduleAudit();
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
        } catch (CallWatch.Fenced e) {
            LOG.info("The thread that a controller kept for too long has ended");
        } catch (LinuxException e) {
            if (!stopped) {
                throw new IllegalStateException("The agent lost the kernel: " + e.getMessage(), e);
            }
        } finally {
            outbox.flush();
        }
    }

    /** Closes everything towards the kernel and the world: whoever still runs this agent can do nothing any more. */
    void close() {
        stopped = true;
        closed = true;
        outbox.close();
        series.close();
        poller.close();
        channel.close();
        routes.close();
        diag.close();
        for (Message next = inbox.poll(); next != null; next = inbox.poll()) {
            next.dropped();
        }
    }

    CallWatch watch() {
        return watch;
    }

    private void pass() throws LinuxException {
        if (poller.await(waitNanos()) == 0 || outbox.isDue()) {
            outbox.flush();
        }
        int datagrams = 0;
        while (datagrams < DATAGRAMS_IN_A_ROW && channel.receive(flow)) {
            datagrams++;
        }
        flow.settle();
        if (flow.takeOverrun()) {
            reconciliation.run("the kernel dropped events", true);
        }
        if (poller.isReadable(routes.notifications())) {
            routes.receive(flow::local);
        }
        for (Message next = inbox.poll(); next != null; next = inbox.poll()) {
            next.run();
        }
        timers.fire(flow::timer);
        if (auditDue) {
            auditDue = false;
            reconciliation.run("an audit found differences", false);
        }
    }

    private void callBack(Lease lease, Runnable action) {
        flow.timer(lease, action);
    }

    private long waitNanos() {
        long wait = inbox.isEmpty() ? timers.untilNext() : 0;
        boolean quietFirst = outbox.hasCollected() && (wait < 0 || wait > QUIET_NANOS);
        return quietFirst ? QUIET_NANOS : wait;
    }

    /** Ends {@link #run} soon. */
    void stop() {
        stopped = true;
        poller.wakeUp();
    }

    private boolean tell(Message message) {
        if (closed) {
            message.dropped();
            return true;
        }
        boolean taken = inbox.offer(message);
        poller.wakeUp();
        return taken;
    }

    /** Adds a controller. */
    boolean add(InstalledController controller) {
        return tell(() -> changeAssignments(all -> all.add(controller)));
    }

    /**
     * Takes a controller away. When {@code done} is run, none of its code is called any more.
     */
    boolean remove(InstalledController controller, Runnable done) {
        return tell(new Message() {
            @Override
            public void run() {
                changeAssignments(all -> all.remove(controller));
                done.run();
            }

            @Override
            public void dropped() {
                done.run();
            }
        });
    }

    /** Hands a controller's connections to it anew. */
    boolean renew(InstalledController controller) {
        return tell(() -> changeAssignments(all -> all.renew(controller)));
    }

    /** Takes over what another agent had. */
    boolean restore(
            Collection<InstalledController> all, Map<InstalledController, String> outOfService, List<Rule> rules) {
        return tell(() -> changeAssignments(each -> each.restore(all, outOfService, rules)));
    }

    /** Replaces all rules. */
    boolean rules(List<Rule> rules) {
        return tell(() -> changeAssignments(all -> all.rules(rules)));
    }

    private long uid(Token token) {
        try {
            return sockets.connection(token.value()).map(MptcpSocket::uid).orElse(-1L);
        } catch (LinuxException e) {
            LOG.warn("Rules that demand a user don't hold for connection {}: {}", token, e.getMessage());
            return -1;
        }
    }

    private void outOfService() {
        controllers = assignments.snapshot();
    }

    private void moved(TrackedConnection row) {
        flow.show(row);
    }

    private void changeAssignments(Consumer<Assignments> change) {
        commander.causeArrived(clock.nanoTime());
        change.accept(assignments);
        controllers = assignments.snapshot();
        flow.showAll();
    }

    /** Takes in an expiry of a retransmission timer. */
    boolean offer(SubflowTimeout timeout) {
        return tell(() -> flow.timeout(timeout));
    }

    /** Publishes something that concerns no controller. */
    boolean announce(EventsLost event) {
        return tell(() -> flow.announce(event));
    }

    /** Carries out a command for an operator; {@code done} hears what became of it, on the agent's thread. */
    boolean submit(Command command, String reason, Consumer<Outcome> done) {
        long askedNanos = clock.nanoTime();
        return tell(new Message() {
            @Override
            public void run() {
                commander.causeArrived(askedNanos);
                done.accept(operate(command, reason));
            }

            @Override
            public void dropped() {
                done.accept(new Outcome.NotSent("The agent was replaced before it got to the request: try again."));
            }
        });
    }

    private Outcome operate(Command command, String reason) {
        TrackedConnection row = table.get(command.token());
        Command complete = row == null ? command : row.withIds(command);
        Outcome outcome = commander.execute(row, complete, "operator", reason);
        if (row != null) {
            flow.show(row);
        }
        return outcome;
    }

    /** Returns the connections, in no order. */
    Collection<ConnectionSnapshot> connections() {
        return snapshots.values();
    }

    /** Returns the controllers; their numbers of connections are those of their last coming or going. */
    List<ControllerSnapshot> controllers() {
        return controllers;
    }

    /** Returns the addresses that subflows can use. */
    List<LocalAddress> localAddresses() {
        return locals.usable();
    }

    /** Returns all addresses of this host. */
    List<HostAddress> hostAddresses() {
        return locals.all();
    }

    /** Returns how many messages wait. */
    int inbox() {
        return inbox.size();
    }

    /** Returns the size of the event socket's buffer in bytes. */
    int receiveBufferBytes() {
        return channel.receiveBufferBytes();
    }

    /** Returns what was counted. */
    AgentFigures figures() {
        return new AgentFigures(
                flow.receivedCount(),
                flow.malformedCount(),
                flow.overrunCount(),
                reconciliation.count(),
                commander.given(),
                commander.refused(),
                reconciliation.lastMs(),
                flow.lastEventMs());
    }
}
