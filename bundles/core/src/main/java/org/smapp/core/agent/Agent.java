package org.smapp.core.agent;

import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.smapp.api.ConnectionSnapshot;
import org.smapp.api.HostAddress;
import org.smapp.api.LocalAddress;
import org.smapp.core.measure.Figures;
import org.smapp.core.publish.Outbox;
import org.smapp.linux.Linux;
import org.smapp.linux.LinuxException;
import org.smapp.linux.NetworkNamespace;
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

    private final KernelSockets sockets;
    private final LocalAddresses locals;
    private final Surroundings around;
    private final Outbox outbox;
    private final Figures figures;
    private final Inbox inbox;
    private final ReactionPath path;
    private final EventFlow flow;
    private final Reconciliation reconciliation;
    private final Requests requests;
    private Desired applied = Desired.NOTHING;
    private String whyBehind = "";
    private boolean auditDue;

    /** Odd while it works. */
    private final AtomicLong turns = new AtomicLong();

    private volatile boolean stopped;

    private Agent(KernelSockets sockets, LocalAddresses locals, Surroundings around) {
        this.sockets = sockets;
        this.locals = locals;
        this.around = around;
        outbox = around.outbox();
        SocketTable table = new SocketTable(sockets.diag());
        figures = new Figures(table);
        inbox = new Inbox(sockets.poller());
        path = ReactionPath.wire(
                around,
                sockets.channel().commands()::execute,
                locals,
                figures,
                inbox::tell,
                sockets.channel().queries());
        flow = path.flow();
        requests = new Requests(inbox, path, around.clock(), locals::bindingOf);
        reconciliation =
                new Reconciliation(sockets.channel(), table, path.table(), flow, around.clock(), around.memory());
    }

    /**
     * Opens everything that an agent needs; events are collected by the kernel from now on. {@link #begin} comes next.
     *
     * @throws IOException with a sentence for the operator
     */
    static Agent open(Linux linux, NetworkNamespace namespace, Surroundings around) throws IOException {
        LocalAddresses locals = new LocalAddresses(around.settings().addressFilter());
        KernelSockets sockets = KernelSockets.open(linux, namespace, around.settings(), locals);
        return new Agent(sockets, locals, around);
    }

    /** Goes through a made-up connection's life, so that the first real ones are answered as quickly as the later ones. */
    void rehearse() throws LinuxException {
        for (int i = 0; i < REHEARSED_PASSES; i++) {
            sockets.poller().wakeUp();
            pass(); // nothing is watched yet, and nothing waits
        }
        Rehearsal.hold(sockets.channel(), figures, around);
    }

    /**
     * Learns from the kernel what there is; {@link #run} comes next.
     *
     * @param reason for the journal
     * @param before the connections that the agent before this one knew
     */
    void begin(String reason, Collection<ConnectionSnapshot> before) throws LinuxException {
        whyBehind = around.desired().latest() == applied ? "" : reason;
        sockets.poller().add(sockets.channel().events().socket());
        sockets.poller().add(sockets.routes().notifications());
        sockets.routes().refresh("found at start", flow::local);
        reconciliation.run(reason, true);
        for (ConnectionSnapshot each : before) {
            if (path.table().get(each.token()) == null) {
                flow.announceEnd(each.token());
            }
        }
        path.snapshots().settle();
        scheduleAudit();
    }

    private void scheduleAudit() {
        long everyMs = around.settings().auditIntervalMs();
        if (everyMs > 0) {
            path.timers().after(TimeUnit.MILLISECONDS.toNanos(everyMs), null, () -> {
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

    /** Closes all sockets and the outbox: a thread that still runs this agent can do nothing any more. */
    void close() {
        stopped = true;
        outbox.close();
        path.series().close();
        sockets.close();
        inbox.close();
    }

    CallWatch watch() {
        return path.watch();
    }

    /** Waits until something is to be done, and does it. */
    void pass() throws LinuxException {
        if (sockets.poller().await(waitNanos()) == 0 || outbox.isDue()) {
            outbox.flush();
        }
        turns.lazySet(turns.getPlain() + 1);
        int datagrams = 0;
        while (datagrams < DATAGRAMS_IN_A_ROW && sockets.channel().events().receive(flow)) {
            datagrams++;
        }
        path.snapshots().settle();
        if (flow.takeOverrun()) {
            reconciliation.run("the kernel dropped events", true);
        }
        if (sockets.poller().isReadable(sockets.routes().notifications())) {
            sockets.routes().receive(flow::local);
            if (locals.takeRenamed()) {
                path.table().rows().forEach(each -> each.renamed(locals::interfaceOf));
                flow.showAll();
            }
        }
        followDesired();
        inbox.carryOut();
        path.timers().fire(flow);
        if (!path.doubts().isEmpty()) {
            path.doubts().settle(path.table(), path.assignments(), path.snapshots());
        }
        if (auditDue) {
            auditDue = false;
            reconciliation.run("an audit found differences", false);
        }
        turns.lazySet(turns.getPlain() + 1);
    }

    /** Returns a number that changes as the agent goes on; it is even while the agent waits for something to do. */
    long progress() {
        return turns.get() + 2 * path.watch().calls();
    }

    /** Applies the desired state, if it has changed. */
    private void followDesired() {
        Desired next = around.desired().latest();
        if (next == applied) {
            return;
        }
        path.commander().causeArrived(around.clock().nanoTime());
        path.assignments().apply(next, whyBehind.isEmpty() ? next.changesSince(applied) : whyBehind);
        applied = next;
        whyBehind = "";
        flow.showAll();
        around.desired().reached(next);
    }

    private long waitNanos() {
        long wait = inbox.isEmpty() && around.desired().latest() == applied
                ? path.timers().untilNext()
                : 0;
        boolean quietFirst = outbox.hasCollected() && (wait < 0 || wait > QUIET_NANOS);
        return quietFirst ? QUIET_NANOS : wait;
    }

    /** Ends {@link #run} soon. */
    void stop() {
        stopped = true;
        wakeUp();
    }

    /** Makes the agent look at the desired state. */
    void wakeUp() {
        sockets.poller().wakeUp();
    }

    /** Returns the way to ask something of this agent. */
    Requests requests() {
        return requests;
    }

    /** Returns the connections, in no order. */
    Collection<ConnectionSnapshot> connections() {
        return path.snapshots().all();
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
        return sockets.channel().events().receiveBufferBytes();
    }

    /** Returns what was counted. */
    AgentFigures figures() {
        return new AgentFigures(
                flow.receivedCount(),
                flow.malformedCount(),
                sockets.channel().events().foreignCount(),
                flow.overrunCount(),
                reconciliation.count(),
                path.commander().given(),
                path.commander().refused(),
                reconciliation.lastMs(),
                flow.lastEventMs());
    }
}
