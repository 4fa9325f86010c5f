package org.smapp.core.agent;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.smapp.api.PathManagerType;
import org.smapp.api.Token;
import org.smapp.api.event.ConnectionClosed;
import org.smapp.api.event.ConnectionCreated;
import org.smapp.api.event.ConnectionEvent;
import org.smapp.api.event.Event;
import org.smapp.api.event.EventsLost;
import org.smapp.api.event.SubflowEstablished;
import org.smapp.api.event.SubflowTimeout;
import org.smapp.core.pm.EventSource;
import org.smapp.core.publish.Outbox;

/**
 * The way of an event through the agent: table, controller, snapshot. Telling the rest of the world is the last step, and
 * only prepared here.
 *
 * <p>For the agent's thread only; the counters may be read by any.
 */
final class EventFlow implements EventSource.Listener {

    private static final Logger LOG = LoggerFactory.getLogger(EventFlow.class);

    private final ConnectionTable table;
    private final Assignments assignments;
    private final Commander commander;
    private final Outbox outbox;
    private final AgentClock clock;
    private final Snapshots snapshots;
    private final EventCall call = new EventCall();

    private final Set<Token> touched = new HashSet<>();
    private boolean comparing;
    private boolean overrunSeen;
    private volatile long received;
    private volatile long malformed;
    private volatile long overruns;
    private volatile long lastEventMs;

    EventFlow(
            ConnectionTable table,
            Assignments assignments,
            Commander commander,
            Outbox outbox,
            AgentClock clock,
            Snapshots snapshots) {
        this.table = table;
        this.assignments = assignments;
        this.commander = commander;
        this.outbox = outbox;
        this.clock = clock;
        this.snapshots = snapshots;
    }

    @Override
    public void received(Event event) {
        commander.causeArrived(clock.nanoTime());
        outbox.add(event, false);
        if (event instanceof ConnectionEvent about) {
            noteTouched(about);
            connection(about);
        }
        received = received + 1; // this thread alone writes these
        lastEventMs = clock.epochMs();
    }

    private void connection(ConnectionEvent event) {
        TrackedConnection before = event instanceof ConnectionCreated ? table.get(event.token()) : null;
        TrackedConnection row = table.apply(event);
        if (before != null && before != row) {
            assignments.release(before); // its CLOSED never came, and the kernel uses its token again
        }
        if (row == null) {
            return;
        }
        if (event instanceof ConnectionClosed) {
            assignments.release(row);
            snapshots.remove(row);
            return;
        }
        if (row.announcedOwner == null && row.waitingFor == null) {
            assignments.assign(row, "new connection");
        } else {
            tell(row, event);
        }
        snapshots.showLater(row);
    }

    private void tell(TrackedConnection row, Event event) {
        Lease lease = row.lease;
        if (lease != null && lease.handler() != null) {
            lease.forgetReason();
            assignments.call(lease, event.getClass().getSimpleName(), call.of(event, lease.handler()));
            if (event instanceof SubflowEstablished joined) {
                lease.joined(joined.tuple());
            }
        }
    }

    /** Takes in an expiry of a retransmission timer, which the path manager's events don't tell of. */
    void timeout(SubflowTimeout event) {
        commander.causeArrived(clock.nanoTime());
        outbox.add(event, false);
        connection(event);
    }

    /** Takes in an event that was found by asking the kernel. */
    void recovered(ConnectionEvent event) {
        commander.causeArrived(clock.nanoTime());
        outbox.add(event, true);
        connection(event);
    }

    /** Takes in a connection that was found by asking the kernel; its controller comes when everything is known of it. */
    void found(List<ConnectionEvent> events, PathManagerType owner) {
        commander.causeArrived(clock.nanoTime());
        table.recovering(true);
        TrackedConnection row = null;
        for (ConnectionEvent each : events) {
            outbox.add(each, true);
            row = table.apply(each);
        }
        table.recovering(false);
        if (row != null) {
            row.pathManager = owner;
            assignments.assign(row, "found by asking the kernel");
            snapshots.show(row);
        }
    }

    /** Publishes something that concerns no controller. */
    void announce(Event event) {
        outbox.add(event, false);
    }

    /** Publishes the end of a connection that only the agent before this one knew. */
    void announceEnd(Token token) {
        outbox.add(new ConnectionClosed(token), true);
    }

    private void noteTouched(ConnectionEvent event) {
        if (comparing) {
            touched.add(event.token());
        }
    }

    /** Notes from now on which connections events come about. */
    void beginComparison() {
        comparing = true;
    }

    /** Returns whether an event about this connection came since {@link #beginComparison}. */
    boolean isTouched(Token token) {
        return touched.contains(token);
    }

    void endComparison() {
        comparing = false;
        touched.clear();
    }

    /** Returns whether the kernel dropped events since the last call. */
    boolean takeOverrun() {
        boolean dropped = overrunSeen;
        overrunSeen = false;
        return dropped;
    }

    /** Tells every controller of something that concerns all connections. */
    void local(Event event) {
        commander.causeArrived(clock.nanoTime());
        outbox.add(event, false);
        for (TrackedConnection row : table.rows()) {
            tell(row, event);
            snapshots.show(row);
        }
    }

    /** Runs what a controller asked to be called for, or the agent itself when {@code lease} is null. */
    void timer(Lease lease, Runnable action) {
        commander.causeArrived(clock.nanoTime());
        if (lease == null) {
            action.run();
            return;
        }
        lease.forgetReason();
        assignments.call(lease, "a timer", action);
        TrackedConnection row = table.get(lease.token());
        if (row != null) {
            snapshots.show(row);
        }
    }

    void showAll() {
        table.rows().forEach(snapshots::show);
    }

    @Override
    public void malformed(String why) {
        malformed = malformed + 1;
        outbox.add(new EventsLost("a message of the kernel that could not be read: " + why, 1), false);
        LOG.debug("Passed over a message of the kernel: {}", why);
    }

    @Override
    public void overrun() {
        overruns = overruns + 1;
        overrunSeen = true;
        outbox.add(new EventsLost("the kernel, whose receive buffer for this process was full", -1), false);
    }

    long receivedCount() {
        return received;
    }

    long malformedCount() {
        return malformed;
    }

    long overrunCount() {
        return overruns;
    }

    long lastEventMs() {
        return lastEventMs;
    }
}
