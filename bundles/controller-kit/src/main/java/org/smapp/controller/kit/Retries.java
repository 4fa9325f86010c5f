package org.smapp.controller.kit;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.smapp.api.FourTuple;
import org.smapp.api.IpAddress;
import org.smapp.api.controller.Connection;
import org.smapp.api.event.SubflowEstablished;

/**
 * Opens the subflows of one connection, and leaves pairs of addresses alone that failed: for a time that fits what ended
 * their subflow, and longer after each failure in a row. A pair is what {@link Connection#pairs} returns; where a subflow's
 * own ends are given, its pair is meant.
 *
 * <p>For the agent's thread only. Its timers die with the connection.
 */
public final class Retries {

    /** The kernel did not even send the SYN: an address often comes before its route. Asking again costs nothing. */
    private static final Backoff REFUSED_HERE = Backoff.ofMillis(100, 10_000);

    private final Connection connection;
    private final Supplier<Duration> provenAfter;
    private final Consumer<String> again;
    private final Map<FourTuple, Integer> failures = new HashMap<>(); // in a row
    private final Map<FourTuple, Connection.Timer> resting = new HashMap<>();

    /**
     * @param provenAfter how long a subflow has to live before the failures of its pair are forgotten
     * @param again is told why when a pair may be tried again
     */
    public Retries(Connection connection, Supplier<Duration> provenAfter, Consumer<String> again) {
        this.connection = connection;
        this.provenAfter = provenAfter;
        this.again = again;
    }

    /** Opens a subflow, unless its pair rests. Returns whether the kernel accepted; if not, the pair rests from now on. */
    public boolean open(FourTuple pair) {
        if (isResting(pair)) {
            return false;
        }
        boolean accepted = connection.create(pair.local(), pair.remote(), false).isAccepted();
        if (!accepted) {
            failed(pair, REFUSED_HERE);
        }
        return accepted;
    }

    /** Returns whether a pair is left alone now. */
    public boolean isResting(FourTuple tuple) {
        return !resting.isEmpty() && resting.containsKey(tuple.fromAnyPort());
    }

    /** Notes that a subflow failed. Does not count while its pair rests: subflows that began together often end together. */
    public void failed(FourTuple tuple, Backoff backoff) {
        FourTuple pair = tuple.fromAnyPort();
        if (resting.containsKey(pair)) {
            return;
        }
        int count = failures.merge(pair, 1, Integer::sum);
        if (count < backoff.attempts()) {
            rest(pair, backoff.after(count), "it failed " + count + " times in a row");
        } else {
            resting.put(pair, () -> {});
        }
    }

    /** Leaves a pair alone for a while without having failed. */
    public void rest(FourTuple tuple, Duration time, String reason) {
        FourTuple pair = tuple.fromAnyPort();
        Connection.Timer before = resting.put(pair, connection.after(time, () -> {
            resting.remove(pair);
            again.accept(reason);
        }));
        if (before != null) {
            before.cancel();
        }
    }

    /**
     * Notes that a subflow works. It proves its path only when it has lived for a while: a peer that refuses a join accepts
     * the handshake first.
     */
    public void established(SubflowEstablished event) {
        FourTuple pair = event.tuple().fromAnyPort();
        if (failures.containsKey(pair)) {
            connection.after(provenAfter.get(), () -> {
                if (connection.subflows().stream().anyMatch(each -> each.tuple().equals(event.tuple()))) {
                    failures.remove(pair);
                }
            });
        }
    }

    /** Forgets what failed over this local address: it comes anew. */
    public void forget(IpAddress local) {
        failures.keySet().removeIf(pair -> pair.localAddress().equals(local));
        resting.entrySet().removeIf(each -> {
            boolean over = each.getKey().localAddress().equals(local);
            if (over) {
                each.getValue().cancel();
            }
            return over;
        });
    }
}
