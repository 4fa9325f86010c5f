package org.smapp.core.agent;

import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.smapp.api.ConnectionSnapshot;
import org.smapp.api.ControllerSnapshot;
import org.smapp.api.HostAddress;
import org.smapp.api.LocalAddress;
import org.smapp.api.Token;
import org.smapp.api.measure.Measurements;
import org.smapp.core.measure.Figures;
import org.smapp.core.memory.Remembered;
import org.smapp.core.pm.PathManagerChannel;
import org.smapp.core.publish.Outbox;
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
 * <p>{@link #run} is for one thread; the other methods are for any, and read snapshots. {@link #requests} leads to the inbox.
 */
final class Agent implements Runnable {

    private static final Logger LOG = LoggerFactory.getLogger(Agent.class);

    /** How many datagrams are read before timers and inbox get their turn. */
    private static final int DATAGRAMS_IN_A_ROW = 256;

    /** How long nothing must come before the publisher is woken. */
    private static final long QUIET_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

    private static final int REHEARSED_PASSES = 1_000;

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
    private final Inbox inbox;
    private final Requests requests;
    private final Map<Token, ConnectionSnapshot> snapshots = new ConcurrentHashMap<>();
    private boolean auditDue;
    private volatile boolean stopped;

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
        inbox = new Inbox(poller);
        this.channel = channel;
        this.routes = routes;
        this.diag = diag;
        this.locals = locals;
        this.outbox = outbox;
        this.clock = clock;
        sockets = new SocketTable(diag);
        timers = new Timers(clock::nanoTime);
        figures = new Figures(sockets);
        series = new ControllerSeries(measurements, inbox::tell, this::callBack);
        table = new ConnectionTable(locals::interfaceOf, clock::epochMs);
        commander = new Commander(
                channel.commands()::execute,
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
                failures,
                this::uid,
                this::moved);
        assignments.graceNanos(TimeUnit.MILLISECONDS.toNanos(settings.controllerGraceMs()));
        flow = new EventFlow(table, assignments, commander, outbox, clock, snapshots);
        requests = new Requests(inbox, table, assignments, commander, flow, clock, locals::bindingOf);
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
    void rehearse() throws LinuxException {
        for (int i = 0; i < REHEARSED_PASSES; i++) {
            poller.wakeUp();
            pass(); // nothing is watched yet, and nothing waits
        }
        Rehearsal.hold(channel, figures, series, clock);
    }

    /**
     * Learns from the kernel what there is; {@link #run} comes next.
     *
     * @param reason for the journal
     * @param before the connections that others believe to be there
     */
    void begin(String reason, Collection<ConnectionSnapshot> before) throws LinuxException {
        poller.add(channel.events().socket());
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
        outbox.close();
        series.close();
        poller.close();
        channel.close();
        routes.close();
        diag.close();
        inbox.close();
    }

    CallWatch watch() {
        return watch;
    }

    private void pass() throws LinuxException {
        if (poller.await(waitNanos()) == 0 || outbox.isDue()) {
            outbox.flush();
        }
        int datagrams = 0;
        while (datagrams < DATAGRAMS_IN_A_ROW && channel.events().receive(flow)) {
            datagrams++;
        }
        flow.settle();
        if (flow.takeOverrun()) {
            reconciliation.run("the kernel dropped events", true);
        }
        if (poller.isReadable(routes.notifications())) {
            routes.receive(flow::local);
            if (locals.takeRenamed()) {
                table.rows().forEach(each -> each.renamed(locals::interfaceOf));
                flow.showAll();
            }
        }
        inbox.carryOut();
        timers.fire(flow::timer);
        if (auditDue) {
            auditDue = false;
            reconciliation.run("an audit found differences", false);
        }
    }

    private long uid(Token token) {
        try {
            return sockets.connection(token.value()).map(MptcpSocket::uid).orElse(-1L);
        } catch (LinuxException e) {
            LOG.warn("Rules that demand a user don't hold for connection {}: {}", token, e.getMessage());
            return -1;
        }
    }

    private void moved(TrackedConnection row) {
        flow.show(row);
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

    /** Returns the way to ask something of this agent. */
    Requests requests() {
        return requests;
    }

    /** Returns the connections, in no order. */
    Collection<ConnectionSnapshot> connections() {
        return snapshots.values();
    }

    /** Returns the controllers; their numbers of connections are those of their last coming or going. */
    List<ControllerSnapshot> controllers() {
        return assignments.snapshot();
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
        return channel.events().receiveBufferBytes();
    }

    /** Returns what was counted. */
    AgentFigures figures() {
        return new AgentFigures(
                flow.receivedCount(),
                flow.malformedCount(),
                channel.events().foreignCount(),
                flow.overrunCount(),
                reconciliation.count(),
                commander.given(),
                commander.refused(),
                reconciliation.lastMs(),
                flow.lastEventMs());
    }
}
