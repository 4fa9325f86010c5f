package org.smapp.core.agent;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.smapp.api.CloseCause;
import org.smapp.api.FourTuple;
import org.smapp.api.IpAddress;
import org.smapp.api.Side;
import org.smapp.api.Subflow;
import org.smapp.api.SubflowState;
import org.smapp.api.Token;
import org.smapp.api.event.AddressAnnounced;
import org.smapp.api.event.AddressRemoved;
import org.smapp.api.event.ConnectionClosed;
import org.smapp.api.event.ConnectionCreated;
import org.smapp.api.event.ConnectionEstablished;
import org.smapp.api.event.ConnectionEvent;
import org.smapp.api.event.SubflowClosed;
import org.smapp.api.event.SubflowEstablished;
import org.smapp.api.event.SubflowPriority;
import org.smapp.api.event.SubflowTimeout;

/**
 * The connections that the kernel has told of. {@link #apply} changes the table and returns the row that the event is
 * about; it tells nobody.
 *
 * <p>For the agent's thread only.
 */
final class ConnectionTable implements ConnectionEvent.Handler<TrackedConnection> {

    /**
     * How many closed tokens are remembered. A client that closes without having exchanged data becomes ESTABLISHED after its
     * CLOSED, when the peer acknowledges the end; that must not bring the connection back.
     */
    private static final int CLOSED_REMEMBERED = 256;

    private final Map<Token, TrackedConnection> rows = new LinkedHashMap<>();
    private final LinkedHashSet<Token> closed = new LinkedHashSet<>();
    private final Function<IpAddress, String> interfaceOf;
    private final LongSupplier epochMs;

    private boolean recovering;

    ConnectionTable(Function<IpAddress, String> interfaceOf, LongSupplier epochMs) {
        this.interfaceOf = interfaceOf;
        this.epochMs = epochMs;
    }

    /** Changes the table. Returns the row that the event is about, or null when there is none. */
    TrackedConnection apply(ConnectionEvent event) {
        return event.accept(this);
    }

    /** Says whether the events that follow were found by asking the kernel. */
    void recovering(boolean next) {
        recovering = next;
    }

    TrackedConnection get(Token token) {
        return rows.get(token);
    }

    Collection<TrackedConnection> rows() {
        return rows.values();
    }

    @Override
    public TrackedConnection connectionCreated(ConnectionCreated event) {
        closed.remove(event.token());
        TrackedConnection known = rows.get(event.token());
        if (known != null && known.tuple.equals(event.tuple())) {
            return known; // found by asking the kernel just before its event came
        }
        return add(event.token(), event.side(), event.tuple(), event.denyJoinId0());
    }

    @Override
    public TrackedConnection connectionEstablished(ConnectionEstablished event) {
        TrackedConnection row = rows.get(event.token());
        if (row == null) {
            if (closed.contains(event.token())) {
                return null;
            }
            row = add(event.token(), event.side(), event.tuple(), event.denyJoinId0());
        }
        row.established();
        return row;
    }

    private TrackedConnection add(Token token, Side side, FourTuple tuple, boolean denyJoinId0) {
        String interfaceName = interfaceOf.apply(tuple.localAddress().unmapped());
        Subflow initial = new Subflow(tuple, 0, 0, SubflowState.ESTABLISHED, false, interfaceName);
        TrackedConnection row =
                new TrackedConnection(token, side, initial, denyJoinId0, recovering, epochMs.getAsLong());
        rows.put(token, row);
        return row;
    }

    @Override
    public TrackedConnection connectionClosed(ConnectionClosed event) {
        if (closed.size() == CLOSED_REMEMBERED) {
            closed.remove(closed.iterator().next());
        }
        closed.add(event.token());
        return rows.remove(event.token());
    }

    @Override
    public TrackedConnection addressAnnounced(AddressAnnounced event) {
        TrackedConnection row = rows.get(event.token());
        if (row != null) {
            row.announced(event);
        }
        return row;
    }

    @Override
    public TrackedConnection addressRemoved(AddressRemoved event) {
        TrackedConnection row = rows.get(event.token());
        if (row != null) {
            row.removed(event.remoteId());
        }
        return row;
    }

    @Override
    public TrackedConnection subflowEstablished(SubflowEstablished event) {
        TrackedConnection row = rows.get(event.token());
        if (row != null) {
            row.subflowEstablished(
                    event, interfaceOf.apply(event.tuple().localAddress().unmapped()));
        }
        return row;
    }

    /** Returns {@code event} with a more exact cause, where the table knows one. */
    SubflowClosed explain(SubflowClosed event) {
        TrackedConnection row = event.cause().equals(CloseCause.ORDERLY) ? rows.get(event.token()) : null;
        return row == null ? event : row.explain(event);
    }

    @Override
    public TrackedConnection subflowClosed(SubflowClosed event) {
        TrackedConnection row = rows.get(event.token());
        if (row != null) {
            row.subflowClosed(event);
        }
        return row;
    }

    @Override
    public TrackedConnection subflowPriority(SubflowPriority event) {
        TrackedConnection row = rows.get(event.token());
        if (row != null) {
            row.subflowPriority(event);
        }
        return row;
    }

    @Override
    public TrackedConnection subflowTimeout(SubflowTimeout event) {
        return rows.get(event.token());
    }
}
