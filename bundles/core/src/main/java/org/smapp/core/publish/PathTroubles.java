package org.smapp.core.publish;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.smapp.api.CloseCause;
import org.smapp.api.Command;
import org.smapp.api.FourTuple;
import org.smapp.api.IpAddress;
import org.smapp.api.PathTrouble;
import org.smapp.api.Token;
import org.smapp.api.event.CommandDone;
import org.smapp.api.event.ConnectionClosed;
import org.smapp.api.event.Event;
import org.smapp.api.event.LocalAddressRemoved;
import org.smapp.api.event.SubflowClosed;
import org.smapp.api.event.SubflowEstablished;

/**
 * Why subflows between two addresses carry nothing: keeps what ended those that were tried, until one lives. Told of events
 * after they are published, so that nothing waits for it.
 *
 * <p>Thread-safe.
 */
public final class PathTroubles {

    private static final int PATHS_AT_MOST = 256;
    private static final int CONNECTIONS_AT_MOST = 4096;

    /** A SYN may go unanswered for this long before that counts as a trouble. */
    private static final long PATIENCE_MS = 3_000;

    /** A peer that refuses a join accepts the handshake first and closes the subflow a round trip later. */
    private static final long REFUSED_WITHIN_MS = 3_000;

    private static final long PROVEN_MS = 10_000;

    /** What one connection tries. */
    private static final class Attempts {
        /** What was asked for and not answered, and when. */
        final Map<FourTuple, Long> asked = new HashMap<>(2);

        /** What began lately, and when. */
        final Map<FourTuple, Long> young = new HashMap<>(2);

        /** What this host closes on purpose. */
        final Set<FourTuple> wanted = new HashSet<>(2);
    }

    private final Map<FourTuple, PathTrouble> troubles = new LruMap<>(PATHS_AT_MOST);
    private final Map<Token, Attempts> attempts = new LruMap<>(CONNECTIONS_AT_MOST);
    private long settledMs;

    /** Forgets what was heard of longest ago. */
    private static final class LruMap<K, V> extends LinkedHashMap<K, V> {
        private static final long serialVersionUID = 1;
        private final int most;

        LruMap(int most) {
            this.most = most;
        }

        @Override
        protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
            return size() > most;
        }
    }

    /** Learns from an event. */
    public synchronized void hear(Event event, long epochMs) {
        if (event instanceof CommandDone done) {
            command(done, epochMs);
        } else if (event instanceof SubflowEstablished established) {
            Attempts of = of(established.token());
            of.asked.remove(established.tuple().fromAnyPort());
            of.young.put(established.tuple(), epochMs);
        } else if (event instanceof SubflowClosed closed) {
            closed(closed, epochMs);
        } else if (event instanceof ConnectionClosed closed) {
            attempts.remove(closed.token());
        } else if (event instanceof LocalAddressRemoved removed) {
            IpAddress gone = removed.address().address();
            troubles.keySet().removeIf(each -> each.localAddress().equals(gone));
            attempts.values()
                    .forEach(each -> each.asked
                            .keySet()
                            .removeIf(path -> path.localAddress().equals(gone)));
        }
    }

    private Attempts of(Token token) {
        return attempts.computeIfAbsent(token, each -> new Attempts());
    }

    private void command(CommandDone done, long epochMs) {
        if (done.command() instanceof Command.DestroySubflow destroy
                && done.outcome().isAccepted()) {
            of(done.token()).wanted.add(destroy.tuple());
        } else if (done.command() instanceof Command.CreateSubflow create) {
            FourTuple path = new FourTuple(
                            create.local().address(),
                            0,
                            create.remote().address(),
                            create.remote().port())
                    .fromAnyPort();
            if (done.outcome().isAccepted()) {
                of(done.token()).asked.putIfAbsent(path, epochMs);
            } else {
                note(path, done.outcome().sentence(), epochMs);
            }
        }
    }

    private void closed(SubflowClosed event, long epochMs) {
        Attempts of = of(event.token());
        FourTuple path = event.tuple().fromAnyPort();
        of.asked.remove(path);
        Long began = of.young.remove(event.tuple());
        boolean wanted = of.wanted.remove(event.tuple());
        if (!wanted) {
            long livedMs = began == null ? PROVEN_MS : epochMs - began;
            inWords(event.cause(), livedMs).ifPresent(cause -> note(path, cause, epochMs));
        }
    }

    private static Optional<String> inWords(CloseCause cause, long livedMs) {
        return switch (cause.kind()) {
            case ENDED ->
                livedMs <= REFUSED_WITHIN_MS
                        ? Optional.of("the peer ended the subflow right after the handshake: it takes no more there, or"
                                + " nobody manages its paths")
                        : Optional.empty();
            case REFUSED ->
                Optional.of(
                        cause.equals(CloseCause.NO_OPTION)
                                ? cause.toString()
                                : "refused by a reset, of the peer or of a firewall on the way: " + cause);
            case TIMED_OUT -> Optional.of("no answer: " + cause);
            default -> Optional.of(cause.toString());
        };
    }

    private void note(FourTuple path, String cause, long epochMs) {
        settle(epochMs);
        PathTrouble before = troubles.remove(path);
        boolean again = before != null && before.cause().equals(cause);
        troubles.put(
                path,
                new PathTrouble(
                        path,
                        cause,
                        again ? before.times() + 1 : 1,
                        again ? before.since() : Instant.ofEpochMilli(epochMs)));
    }

    /** A subflow that has lived for a while proves its path. */
    private void settle(long nowMs) {
        if (nowMs - settledMs < PATIENCE_MS) {
            return;
        }
        settledMs = nowMs;
        for (Attempts each : attempts.values()) {
            each.young.entrySet().removeIf(subflow -> {
                boolean proven = nowMs - subflow.getValue() >= PROVEN_MS;
                if (proven) {
                    troubles.remove(subflow.getKey().fromAnyPort());
                }
                return proven;
            });
        }
    }

    /** Returns what is wrong now, the latest first. */
    public synchronized List<PathTrouble> now(long nowMs) {
        settle(nowMs);
        Map<FourTuple, PathTrouble> all = new LinkedHashMap<>(troubles);
        attempts.values()
                .forEach(each -> each.asked.forEach((path, sinceMs) -> {
                    if (nowMs - sinceMs >= PATIENCE_MS) {
                        all.merge(path, unanswered(path, sinceMs), PathTroubles::both);
                    }
                }));
        List<PathTrouble> latestFirst = new ArrayList<>(all.values());
        Collections.reverse(latestFirst);
        return List.copyOf(latestFirst);
    }

    private static PathTrouble unanswered(FourTuple path, long sinceMs) {
        return new PathTrouble(path, "no answer so far", 1, Instant.ofEpochMilli(sinceMs));
    }

    private static PathTrouble both(PathTrouble known, PathTrouble further) {
        Instant since = known.since().isBefore(further.since()) ? known.since() : further.since();
        return new PathTrouble(known.pair(), known.cause(), known.times() + further.times(), since);
    }
}
