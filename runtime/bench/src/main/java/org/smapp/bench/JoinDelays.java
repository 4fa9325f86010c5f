package org.smapp.bench;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Pairs each connection's first SYN with the SYN that joins a subflow to it. A join names its connection by token, which is the
 * first 32 bits of the SHA-256 of the key in the connection's SYN/ACK (RFC 8684, 3.2), so nothing is guessed from time.
 *
 * <p>Thread-safe: the reader of the capture adds, another thread waits and asks.
 */
final class JoinDelays {

    private static final long NONE = -1;

    /** What is known of one connection; {@code joinNanos} is {@link #NONE} until its join passed. */
    private static final class Opening {
        final Syn first;
        Syn join;
        boolean joinAnswered;
        int furtherJoins;

        Opening(Syn first) {
            this.first = first;
        }
    }

    /** Delays in ns in order of the connections, {@link #NONE} (-1) where the join is missing. */
    record Result(List<Long> delays, int missing, int unanswered, int furtherJoins) {}

    private final List<Opening> openings = new ArrayList<>();
    private final Map<Syn.Flow, Opening> byFlow = new HashMap<>();
    private final Map<Integer, Opening> byToken = new HashMap<>();
    private int answeredJoins;
    private IOException failure;

    synchronized void add(Syn syn) {
        switch (syn.kind()) {
            case CAPABLE -> addOpening(syn);
            case CAPABLE_ANSWER -> {
                Opening opening = byFlow.get(syn.flow().reversed());
                if (opening != null) {
                    byToken.put(token(syn.key()), opening);
                }
            }
            case JOIN -> addJoin(syn);
            case JOIN_ANSWER -> {
                Opening opening = byFlow.get(syn.flow().reversed());
                if (opening != null && !opening.joinAnswered) {
                    opening.joinAnswered = true;
                    answeredJoins++;
                    notifyAll();
                }
            }
        }
    }

    /** Says that nothing more will come. */
    synchronized void fail(IOException cause) {
        failure = cause;
        notifyAll();
    }

    private void addOpening(Syn syn) {
        Opening known = byFlow.get(syn.flow());
        if (known == null || known.first.sequence() != syn.sequence()) {
            Opening opening = new Opening(syn);
            byFlow.put(syn.flow(), opening);
            openings.add(opening);
        }
    }

    private void addJoin(Syn syn) {
        Opening opening = byToken.get(syn.token());
        if (opening == null) {
            return;
        }
        if (opening.join == null) {
            opening.join = syn;
            byFlow.put(syn.flow(), opening);
        } else if (opening.join.sequence() != syn.sequence()) {
            opening.furtherJoins++;
        }
    }

    /** Waits until so many connections had their join and its answer, or the time is over. */
    synchronized void await(int connections, Duration limit) throws InterruptedException {
        long deadline = System.nanoTime() + limit.toNanos();
        while (answeredJoins < connections && failure == null) {
            long left = deadline - System.nanoTime();
            if (left <= 0) {
                return;
            }
            TimeUnit.NANOSECONDS.timedWait(this, left);
        }
    }

    /**
     * Returns the delays of the connections after the first {@code warmUp}.
     *
     * @param expected how many connections were made in all
     * @throws IOException if the capture failed
     * @throws IllegalStateException if the capture saw another number of them: then no delay can be trusted
     */
    synchronized Result result(int warmUp, int expected) throws IOException {
        if (failure != null) {
            throw failure;
        }
        if (openings.size() != expected) {
            throw new IllegalStateException("The capture saw " + openings.size() + " connections open, but " + expected
                    + " were made. Is something else using the namespace?");
        }
        List<Opening> counted = openings.subList(warmUp, expected);
        return new Result(
                counted.stream().map(JoinDelays::delay).toList(),
                (int) counted.stream().filter(o -> o.join == null).count(),
                (int) counted.stream()
                        .filter(o -> o.join != null && !o.joinAnswered)
                        .count(),
                counted.stream().mapToInt(o -> o.furtherJoins).sum());
    }

    private static long delay(Opening opening) {
        return opening.join == null ? NONE : opening.join.nanos() - opening.first.nanos();
    }

    static int token(long key) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256")
                    .digest(ByteBuffer.allocate(8).putLong(key).array());
            return ByteBuffer.wrap(digest).getInt();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }
}
