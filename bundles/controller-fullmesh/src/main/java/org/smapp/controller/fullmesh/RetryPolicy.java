package org.smapp.controller.fullmesh;

import org.smapp.api.CloseCause;
import org.smapp.controller.kit.Backoff;

/**
 * When to try a pair of addresses again, by what ended its last subflow (SMAPP, CoNEXT 2015, section 4.1: a reset is not
 * retried like a time-out, and an unreachable network not like either).
 */
final class RetryPolicy {

    private static final int ENDED_MS = 250; // on purpose, by us or the peer

    private RetryPolicy() {}

    static Backoff after(CloseCause cause, FullMesh.Settings set) {
        Backoff backoff = switch (cause.kind()) {
            case ENDED -> Backoff.ofMillis(ENDED_MS, set.timeoutRetryMostMs());
            case RESET -> Backoff.ofMillis(set.resetRetryMs(), set.resetRetryMs());
            case REFUSED -> Backoff.ofMillis(set.refusedRetryMs(), set.refusedRetryMs());
            // A line that has just come back is unreachable until its neighbour has told where it is.
            case UNREACHABLE -> Backoff.ofMillis(set.unreachableRetryMs(), set.unreachableRetryMostMs());
            case TIMED_OUT, OTHER -> Backoff.ofMillis(set.timeoutRetryMs(), set.timeoutRetryMostMs());
            case HOPELESS -> Backoff.NEVER; // trying again would only cost
        };
        return backoff.upTo(set.attempts());
    }
}
