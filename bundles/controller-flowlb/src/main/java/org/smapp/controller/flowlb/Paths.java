package org.smapp.controller.flowlb;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.smapp.api.FourTuple;
import org.smapp.api.measure.SubflowInfo;
import org.smapp.api.measure.TcpState;

/**
 * Which subflows of a connection share a path: those whose round-trip times are the same all the time, because their packets
 * wait in the same queue. Rates don't tell for a long time: of two subflows that share one queue one may be five times as fast.
 */
final class Paths {

    /** How many looks make one comparison. */
    static final int LOOKS = 10;

    /** A subflow that had nothing to send for a fifth of the time says nothing about its path. */
    private static final double BUSY = 0.8;

    /**
     * How far apart two round-trip times of one path may be on average, as a part of themselves: kernels smooth them. In the lab
     * of S4 it is 0.03 at the median and 0.11 for one pair in a hundred; for different paths 0.3, and below 0.12 for one in a
     * hundred.
     */
    private static final double SAME = 0.1;

    /** The same as a part of the span that they moved in: where no queue grows, equal times mean nothing. */
    private static final double SAME_OF_SPAN = 0.25;

    private final double intervalUs;
    private final List<Map<FourTuple, SubflowInfo>> past = new ArrayList<>();

    /** @param interval the time between two looks */
    Paths(Duration interval) {
        intervalUs = interval.toNanos() / 1_000.0;
    }

    /** Takes in the next look. */
    void look(List<SubflowInfo> subflows) {
        Map<FourTuple, SubflowInfo> now = new HashMap<>();
        for (SubflowInfo each : subflows) {
            if (each.state() == TcpState.ESTABLISHED) {
                now.put(each.tuple(), each);
            }
        }
        past.add(now);
        if (past.size() > LOOKS + 1) {
            past.remove(0);
        }
    }

    /** Returns whether a subflow was busy during all of the last {@code looks} looks. */
    boolean areBusy(int looks) {
        return last(1).get(0).keySet().stream().anyMatch(each -> wasBusy(each, looks));
    }

    /**
     * Returns the subflows that share a path with a faster one, of all that were busy during the last {@link #LOOKS} looks.
     *
     * @param first counts as the fastest of its path
     */
    List<FourTuple> duplicates(FourTuple first) {
        List<FourTuple> fastest = new ArrayList<>();
        List<FourTuple> duplicates = new ArrayList<>();
        last(1).get(0).keySet().stream()
                .filter(each -> wasBusy(each, LOOKS))
                .sorted(Comparator.comparingLong(each -> each.equals(first) ? Long.MIN_VALUE : -bytes(each)))
                .forEach(each ->
                        (fastest.stream().anyMatch(other -> share(each, other)) ? duplicates : fastest).add(each));
        return duplicates;
    }

    private List<Map<FourTuple, SubflowInfo>> last(int looks) {
        return past.subList(past.size() - looks, past.size());
    }

    private boolean wasBusy(FourTuple subflow, int looks) {
        if (past.size() <= looks || !last(looks + 1).stream().allMatch(each -> each.containsKey(subflow))) {
            return false;
        }
        long busyUs = last(1).get(0).get(subflow).busyUs()
                - last(looks + 1).get(0).get(subflow).busyUs();
        return busyUs >= BUSY * looks * intervalUs;
    }

    private long bytes(FourTuple subflow) {
        return last(1).get(0).get(subflow).bytesAcknowledged()
                - past.get(0).get(subflow).bytesAcknowledged();
    }

    private boolean share(FourTuple one, FourTuple other) {
        long least = Long.MAX_VALUE;
        long most = 0;
        long sum = 0;
        long apart = 0;
        for (Map<FourTuple, SubflowInfo> each : past) {
            long oneUs = each.get(one).rttUs();
            long otherUs = each.get(other).rttUs();
            least = Math.min(least, Math.min(oneUs, otherUs));
            most = Math.max(most, Math.max(oneUs, otherUs));
            sum += (oneUs + otherUs) / 2;
            apart += Math.abs(oneUs - otherUs);
        }
        return apart < SAME * sum && apart < SAME_OF_SPAN * (most - least) * past.size();
    }
}
