package org.smapp.controller.backup;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.function.Supplier;
import org.smapp.api.event.SubflowTimeout;
import org.smapp.api.measure.SubflowInfo;

/**
 * Judges one line by the subflow that uses it: looks at it again and again, and says why it has failed. It errs on the side
 * of the line: each reason demands that data was under way and did not arrive, so that an idle or slow application never
 * makes a line look bad.
 */
final class LineWatch {

    /** How often to look: a line that goes silent should be left within half a second. */
    static final Duration INTERVAL = Duration.ofMillis(100);

    /** Loss is judged over half a second: one look has too few segments for it. */
    private static final int LOOKS_FOR_LOSS = 5;

    /** What half a second must have carried for its share of loss to say something: ten segments. */
    private static final long ENOUGH_BYTES = 10 * 1_400;

    /** With this many segments under way an acknowledgement comes several times in a round-trip time. */
    private static final int MANY_SEGMENTS = 4;

    private final Supplier<Backup.Settings> settings;
    private final Deque<SubflowInfo> past = new ArrayDeque<>(LOOKS_FOR_LOSS + 1);
    private long mostAcknowledged;
    private int looksInSilence;
    private int looksAfterTimeout;

    LineWatch(Supplier<Backup.Settings> settings) {
        this.settings = settings;
    }

    /** Returns why a time-out shows that the line has failed, if it does. The first one alone does not: queues overflow. */
    Optional<String> judge(SubflowTimeout timeout) {
        boolean failed = timeout.rtoMs() >= settings.get().timeoutMs() || timeout.consecutive() > 1;
        return failed
                ? Optional.of("no answer for " + timeout.rtoMs() + " ms, " + timeout.consecutive() + " times in a row")
                : Optional.empty();
    }

    /** Takes in the next look and returns why it shows that the line has failed, if it does. */
    Optional<String> judge(SubflowInfo now) {
        SubflowInfo last = past.peekLast();
        boolean silent = last != null
                && now.unacknowledgedSegments() > 0
                && last.unacknowledgedSegments() > 0
                && now.bytesAcknowledged() == last.bytesAcknowledged();
        looksInSilence = silent ? looksInSilence + 1 : 0;
        looksAfterTimeout = silent && now.consecutiveTimeouts() > 0 ? looksAfterTimeout + 1 : 0;
        past.addLast(now);
        Optional<String> reason = silence(now).or(() -> loss(now));
        if (past.size() > LOOKS_FOR_LOSS) {
            past.removeFirst();
        }
        return reason;
    }

    private Optional<String> silence(SubflowInfo now) {
        long silentMs = looksInSilence * INTERVAL.toMillis();
        long rttMs = now.rttUs() / 1_000;
        // The first look that sees a time-out may come right after it: what was sent again needs time for its answer.
        if (looksAfterTimeout > 1 && (looksAfterTimeout - 1) * INTERVAL.toMillis() >= rttMs) {
            return Optional.of("no answer for " + silentMs + " ms, and none after a time-out");
        }
        // The fewer segments are under way, the rarer are acknowledgements.
        long roundMs = rttMs * MANY_SEGMENTS / Math.max(MANY_SEGMENTS, now.unacknowledgedSegments());
        return silentMs >= settings.get().silenceMs() + roundMs
                ? Optional.of("no answer for " + silentMs + " ms with a round-trip time of " + rttMs + " ms")
                : Optional.empty();
    }

    private Optional<String> loss(SubflowInfo now) {
        SubflowInfo then = past.peekFirst();
        if (past.size() <= LOOKS_FOR_LOSS) {
            return Optional.empty();
        }
        long sent = now.bytesSent() - then.bytesSent();
        long again = now.bytesRetransmitted() - then.bytesRetransmitted();
        long acknowledged = now.bytesAcknowledged() - then.bytesAcknowledged();
        mostAcknowledged = Math.max(mostAcknowledged, acknowledged);
        boolean lossy = again * 100 >= sent * settings.get().lossPercent();
        // An overflowing queue loses much as well, but goes on delivering as much as the line can carry.
        return sent >= ENOUGH_BYTES && lossy && acknowledged < mostAcknowledged / 2
                ? Optional.of(again * 100 / sent + " % of what was sent got lost, and less than half arrives")
                : Optional.empty();
    }
}
