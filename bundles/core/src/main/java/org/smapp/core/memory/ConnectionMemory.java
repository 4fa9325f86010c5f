package org.smapp.core.memory;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.smapp.api.ConnectionSnapshot;
import org.smapp.api.FourTuple;
import org.smapp.api.RemoteAddress;
import org.smapp.api.Token;
import org.smapp.api.event.AddressAnnounced;
import org.smapp.api.event.AddressRemoved;
import org.smapp.api.event.ConnectionClosed;
import org.smapp.api.event.ConnectionCreated;
import org.smapp.api.event.ConnectionEstablished;
import org.smapp.api.event.Event;
import org.smapp.api.event.SubflowClosed;

/**
 * Keeps what the kernel can't be asked for, also over a restart. A connection gets a line in the file only when there is
 * something to remember: an announced address, a denied first address, an initial subflow that is gone.
 *
 * <p>{@link #hear}, {@link #renew} and {@link #save} are for the publisher's thread, {@link #recall} for any.
 */
public final class ConnectionMemory {

    private final Map<Token, Remembered> live = new ConcurrentHashMap<>();
    private final Map<Token, Remembered> saved = new LinkedHashMap<>();
    private final MemoryFile file;

    /** Reads what the last run left in {@code file}. */
    public ConnectionMemory(MemoryFile file) {
        this.file = file;
        saved.putAll(file.read());
        live.putAll(saved);
    }

    /** Returns what is remembered of a connection, or null. */
    public Remembered recall(Token token) {
        return live.get(token);
    }

    /** Learns from an event. */
    public void hear(Event event) {
        if (event instanceof ConnectionCreated created) {
            begin(created.token(), new Remembered(created.tuple(), created.side(), created.denyJoinId0(), List.of()));
        } else if (event instanceof ConnectionEstablished established) {
            begin(
                    established.token(),
                    new Remembered(established.tuple(), established.side(), established.denyJoinId0(), List.of()));
        } else if (event instanceof AddressAnnounced announced) {
            announce(announced);
        } else if (event instanceof AddressRemoved removed) {
            change(removed.token(), known -> with(known, without(known, removed.remoteId())));
        } else if (event instanceof SubflowClosed closed) {
            Remembered known = live.get(closed.token());
            if (known != null && known.isOf(closed.tuple())) {
                save(closed.token(), known);
            }
        } else if (event instanceof ConnectionClosed closed) {
            forget(closed.token());
        }
    }

    private void begin(Token token, Remembered next) {
        Remembered known = live.get(token);
        if (known != null && known.isOf(next.tuple())) {
            return;
        }
        live.put(token, next);
        if (next.denyJoinId0()) {
            save(token, next);
        }
    }

    private void announce(AddressAnnounced event) {
        RemoteAddress added = new RemoteAddress(event.remoteId(), event.remote());
        change(event.token(), known -> {
            List<RemoteAddress> all = without(known, event.remoteId());
            all.add(added);
            return with(known, all);
        });
    }

    private void change(Token token, UnaryOperator<Remembered> change) {
        Remembered known = live.get(token);
        if (known == null) {
            return;
        }
        Remembered next = change.apply(known);
        if (!next.equals(known)) {
            live.put(token, next);
            save(token, next);
        }
    }

    private static List<RemoteAddress> without(Remembered known, int id) {
        List<RemoteAddress> rest = new ArrayList<>(known.announced());
        rest.removeIf(each -> each.id() == id);
        return rest;
    }

    private static Remembered with(Remembered known, List<RemoteAddress> announced) {
        FourTuple tuple = known.tuple();
        return new Remembered(tuple, known.side(), known.denyJoinId0(), List.copyOf(announced));
    }

    private void save(Token token, Remembered next) {
        if (!next.equals(saved.put(token, next))) {
            file.put(token, next);
        }
    }

    private void forget(Token token) {
        live.remove(token);
        if (saved.remove(token) != null) {
            file.remove(token);
        }
    }

    /**
     * Makes up for lost events: forgets all connections but these, and learns what is known of these.
     *
     * @param all the connections that there are
     */
    public void renew(Collection<ConnectionSnapshot> all) {
        Set<Token> tokens = all.stream().map(ConnectionSnapshot::token).collect(Collectors.toSet());
        live.keySet().removeIf(each -> !tokens.contains(each));
        List.copyOf(saved.keySet()).stream()
                .filter(each -> !tokens.contains(each))
                .forEach(this::forget);
        for (ConnectionSnapshot each : all) {
            Remembered next = Remembered.of(each);
            live.put(each.token(), next);
            boolean initialIsGone = each.subflows().stream().noneMatch(subflow -> next.isOf(subflow.tuple()));
            if (next.denyJoinId0() || !next.announced().isEmpty() || initialIsGone) {
                save(each.token(), next);
            }
        }
    }

    /** Writes what was learnt since the last call, if anything was. */
    public void save() {
        file.flush(saved);
    }
}
