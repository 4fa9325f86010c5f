package org.smapp.core.agent;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.smapp.api.PathManagerType;
import org.smapp.api.Token;
import org.smapp.api.event.ConnectionClosed;
import org.smapp.api.event.ConnectionCreated;
import org.smapp.api.event.ConnectionEvent;
import org.smapp.api.event.Event;
import org.smapp.api.event.EventsLost;
import org.smapp.api.event.SubflowClosed;
import org.smapp.api.event.SubflowEstablished;
import org.smapp.api.event.SubflowTimeout;
import org.smapp.core.agent.Ownership.Owned;
import org.smapp.core.agent.Ownership.Unclaimed;
import org.smapp.core.agent.Ownership.Watched;
import org.smapp.core.pm.EventSource;
import org.smapp.core.publish.Outbox;

/**
 * The way of an event through the agent: table, controller, snapshot. Telling the rest of the world is the last step, and
 * only prepared here.
 *
 * <p>For the agent's thread only; the counters may be read by any.
 */
final class EventFlow implements EventSource.Listener, Timers.Runner {

    private static final Logger LOG = LoggerFactory.getLogger(EventFlow.class);

    private final ConnectionTable table;
    private final Assignments assignments;
    private final Commander commander;
    private final Outbox outbox;
    private final AgentClock clock;
    private final Snapshots snapshots;
    private final PeerWakeUp wakeUp;
    private final Doubts doubts;
    private final BooleanSupplier selected;
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
            Snapshots snapshots,
            PeerWakeUp wakeUp,
            Doubts doubts,
            BooleanSupplier selected) {
        this.table = table;
        this.assignments = assignments;
        this.commander = commander;
        this.outbox = outbox;
        this.clock = clock;
        this.snapshots = snapshots;
        this.wakeUp = wakeUp;
        this.doubts = doubts;
        this.selected = selected;
    }

    @Override
    public void received(Event told) {
        commander.causeArrived(clock.nanoTime());
        Event event = told instanceof SubflowClosed closed ? table.explain(closed) : told;
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
        if (row.ownership instanceof Owned owned) {
            tell(owned, event);
            if (event instanceof SubflowEstablished joined) {
                wakeUp.joined(row, joined.tuple());
            }
        } else if (row.ownership == Unclaimed.UNCLAIMED) {
            if (selected.getAsBoolean()) {
                assignments.assign(row, "new connection");
            } else {
                doubts.about(row);
            }
        }
        snapshots.showLater(row);
    }

    private void tell(Owned owned, Event event) {
        if (owned.handler() != null) {
            owned.reason("");
            assignments.call(owned, event.getClass().getSimpleName(), call.of(event, owned.handler()));
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
            if (owner == PathManagerType.USER_SPACE) {
                assignments.assign(row, "found by asking the kernel");
            } else {
                row.ownership = new Watched(owner);
            }
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
            if (row.ownership instanceof Owned owned) {
                tell(owned, event);
            }
            snapshots.show(row);
        }
    }

    @Override
    public void timer(Owned owner, Runnable action) {
        commander.causeArrived(clock.nanoTime());
        if (owner == null) {
            action.run();
            return;
        }
        owner.reason("");
        assignments.call(owner, "a timer", action);
        TrackedConnection row = table.get(owner.token());
        if (row != null) {
            snapshots.show(row);
        }
    }

    /** Doubts all connections: some may be the in-kernel path manager's since somebody selected that. */
    void doubtAll() {
        table.rows().forEach(doubts::about);
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
