package org.smapp.timeouts;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.smapp.api.FourTuple;
import org.smapp.api.event.SubflowTimeout;
import org.smapp.api.measure.Measurements.Sample;
import org.smapp.api.measure.SubflowInfo;
import org.smapp.api.measure.TcpState;

/**
 * Finds timeouts by comparing how many a subflow has had with how many it had a moment ago. The kernel's counter (Linux
 * 6.7) misses none. Before that, only time-outs of a series that still goes on at a look can be seen. A time-out between
 * the last look and the end of a subflow is not seen.
 *
 * <p>For one thread.
 */
final class PolledTimeouts implements Consumer<Sample> {

    private static final int COUNTER_MASK = 0xffff;
    private static final long US_PER_MS = 1000;

    private final Consumer<SubflowTimeout> sink;
    private Map<FourTuple, SubflowInfo> before;

    PolledTimeouts(Consumer<SubflowTimeout> sink) {
        this.sink = sink;
    }

    @Override
    public void accept(Sample sample) {
        Map<FourTuple, SubflowInfo> now = new HashMap<>(sample.subflows().size() * 2);
        for (SubflowInfo each : sample.subflows()) {
            now.put(each.tuple(), each);
            if (before != null) {
                compare(before.get(each.tuple()), each);
            }
        }
        before = now;
    }

    private void compare(SubflowInfo earlier, SubflowInfo now) {
        SubflowInfo known = earlier == null || !earlier.token().equals(now.token()) ? null : earlier;
        int expired = expiries(known, now);
        for (int left = expired; left > 0; left--) {
            sink.accept(timeout(known, now, expired, left));
        }
    }

    private static int expiries(SubflowInfo earlier, SubflowInfo now) {
        if (now.timeouts() == SubflowInfo.NOT_TOLD) {
            return Math.max(0, now.consecutiveTimeouts() - (earlier == null ? 0 : earlier.consecutiveTimeouts()));
        }
        return now.timeouts() - (earlier == null ? 0 : earlier.timeouts()) & COUNTER_MASK;
    }

    /** @param left which one of {@code expired} it is, counted from the last */
    private static SubflowTimeout timeout(SubflowInfo earlier, SubflowInfo now, int expired, int left) {
        if (now.state() == TcpState.SYN_SENT) { // the kernel does not double the first ones
            long first = earlier == null ? now.rtoUs() : earlier.rtoUs();
            return new SubflowTimeout(
                    now.token(), now.tuple(), (int) (first / US_PER_MS), now.consecutiveTimeouts() - left + 1, false);
        }
        boolean stillInRow = now.consecutiveTimeouts() >= left;
        int earlierInRow = earlier == null ? 0 : earlier.consecutiveTimeouts();
        int consecutive = stillInRow ? now.consecutiveTimeouts() - left + 1 : earlierInRow + expired - left + 1;
        // The value doubles when it expires; once the row is over, only what was seen before is left of it.
        long rtoUs = stillInRow || earlier == null ? now.rtoUs() >> left : earlier.rtoUs() << (expired - left);
        return new SubflowTimeout(now.token(), now.tuple(), (int) (rtoUs / US_PER_MS), consecutive, false);
    }
}
