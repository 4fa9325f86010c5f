package org.smapp.controller.fullmesh;

import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import org.smapp.api.CloseCause;

/**
 * When to try a pair of addresses again, by what ended its last subflow (SMAPP, CoNEXT 2015, section 4.1: a reset is not
 * retried like a time-out, and an unreachable network not like either). Up to a tenth more, by chance, so that the connections
 * of a line that comes back don't all come at once.
 */
final class RetryDelay {

    private static final int ENETUNREACH = 101;
    private static final int ECONNRESET = 104;
    private static final int ECONNREFUSED = 111;
    private static final int EHOSTUNREACH = 113;
    private static final Set<Integer> HOPELESS =
            Set.of(3, 6); // prohibited, middlebox interference: RFC 8684, section 3.6
    private static final long ENDED_MS = 250;
    private static final long REFUSED_HERE_MS = 100;

    private RetryDelay() {}

    /**
     * @param failed how often in a row this pair failed, from 1
     * @return empty to leave the pair alone
     */
    static Optional<Duration> after(FullMesh.Settings settings, CloseCause cause, int failed) {
        if (HOPELESS.contains(cause.resetReason()) || failed >= settings.attempts()) {
            return Optional.empty(); // the path does not carry MPTCP; trying again would only cost
        }
        return Optional.of(
                switch (cause.errno()) {
                    case 0 -> doubled(ENDED_MS, failed, settings.timeoutRetryMostMs()); // on purpose, by us or the peer
                    case ECONNRESET -> jittered(settings.resetRetryMs());
                    case ECONNREFUSED -> jittered(settings.refusedRetryMs());
                    case ENETUNREACH, EHOSTUNREACH ->
                        doubled(settings.unreachableRetryMs(), failed, settings.unreachableRetryMostMs());
                    default -> doubled(settings.timeoutRetryMs(), failed, settings.timeoutRetryMostMs());
                });
    }

    /** The kernel did not even send the SYN: an address often comes before its route. Asking again costs nothing. */
    static Duration afterRefusal(FullMesh.Settings settings, int failed) {
        return doubled(REFUSED_HERE_MS, failed, settings.unreachableRetryMs());
    }

    private static Duration doubled(long firstMs, int failed, long mostMs) {
        return jittered(Math.min(mostMs, firstMs << Math.min(failed - 1, 20)));
    }

    private static Duration jittered(long ms) {
        return Duration.ofMillis(ms + ThreadLocalRandom.current().nextLong(ms / 10 + 1));
    }
}
