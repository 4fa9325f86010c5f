package org.smapp.controller.fullmesh;

import java.time.Duration;
import java.util.Optional;
import org.smapp.api.CloseCause;
import org.smapp.api.Errno;

/**
 * When to try a pair of addresses again, by what ended its last subflow (SMAPP, CoNEXT 2015, section 4.1: a reset is not
 * retried like a time-out, and an unreachable network not like either).
 */
final class RetryDelay {

    /** The kernel would not even send the SYN: no route, most likely. An address event usually comes first. */
    static final Duration REFUSED_BY_KERNEL = Duration.ofSeconds(10);

    private static final int PROHIBITED = 3;
    private static final int MIDDLEBOX = 6;

    private RetryDelay() {}

    /**
     * @param cause why the subflow ended
     * @param failed how often in a row this pair failed, from 1
     * @return how long to wait; empty to leave the pair alone
     */
    static Optional<Duration> after(CloseCause cause, int failed) {
        if (cause.resetReason() == PROHIBITED || cause.resetReason() == MIDDLEBOX) {
            return Optional.empty(); // the path does not carry MPTCP; trying again would only cost
        }
        if (Errno.ECONNRESET.is(cause.errno())) {
            return Optional.of(Duration.ofSeconds(1));
        }
        if (Errno.ETIMEDOUT.is(cause.errno())) {
            return Optional.of(doubled(1, failed, 60));
        }
        if (Errno.ENETUNREACH.is(cause.errno()) || Errno.EHOSTUNREACH.is(cause.errno())) {
            return Optional.of(doubled(10, failed, 120));
        }
        return Optional.of(Duration.ofSeconds(30)); // refused, or ended by the peer on purpose
    }

    private static Duration doubled(long firstSeconds, int failed, long mostSeconds) {
        return Duration.ofSeconds(Math.min(mostSeconds, firstSeconds << Math.min(failed - 1, 10)));
    }
}
