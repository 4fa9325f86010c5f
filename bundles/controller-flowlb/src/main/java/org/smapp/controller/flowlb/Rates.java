package org.smapp.controller.flowlb;

import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.smapp.api.FourTuple;
import org.smapp.api.measure.SubflowInfo;
import org.smapp.api.measure.TcpState;

/**
 * How fast the subflows of a connection were of late, by what the peer acknowledged: the pacing rate of one moment swings by a
 * factor of two with the congestion window.
 */
final class Rates {

    /** How many looks make one comparison. */
    static final int LOOKS = 5;

    /** A subflow is judged once it was seen as often: slow start takes some round-trip times. */
    private static final int LOOKS_TO_SETTLE = 3;

    /** A subflow that had nothing to send for a fifth of the time says nothing about its path. */
    private static final double BUSY = 0.8;

    /** A replacement was worth it if all subflows together carry so much more than ever before. */
    private static final double GAIN = 1.05;

    private static final int MOST_PATIENCE = 64;

    /** A subflow's rate, in bytes between two looks. */
    record Rate(FourTuple tuple, double bytes, double busyUs) {}

    /** The slowest subflow, and why it has to go. */
    record Verdict(FourTuple slowest, String reason) {}

    private final int slowPercent;
    private final Deque<Map<FourTuple, SubflowInfo>> past = new ArrayDeque<>();
    private int looksSinceVerdict;
    private double mostBytes;
    private int patience = 1;

    Rates(int slowPercent) {
        this.slowPercent = slowPercent;
    }

    /** Takes in the next look and returns which subflow to replace, if one is. */
    Optional<Verdict> look(List<SubflowInfo> subflows) {
        Map<FourTuple, SubflowInfo> now = new HashMap<>();
        for (SubflowInfo each : subflows) {
            if (each.state() == TcpState.ESTABLISHED) {
                now.put(each.tuple(), each);
            }
        }
        past.addLast(now);
        if (past.size() > LOOKS + 1) {
            past.removeFirst();
        }
        looksSinceVerdict++;
        return looksSinceVerdict < LOOKS * patience ? Optional.empty() : verdict(now);
    }

    /** Notes that a subflow was closed: the next one will be after four times the time, unless that brings something. */
    void closed() {
        patience = Math.min(MOST_PATIENCE, patience * 4);
    }

    private Optional<Verdict> verdict(Map<FourTuple, SubflowInfo> now) {
        List<Rate> rates =
                now.values().stream().flatMap(each -> rate(each).stream()).toList();
        if (rates.size() < 2 || rates.size() < now.size()) {
            return Optional.empty(); // one is too young
        }
        double bytes = rates.stream().mapToDouble(Rate::bytes).sum();
        if (bytes > mostBytes * GAIN) {
            mostBytes = bytes;
            patience = 1;
        }
        Comparator<Rate> byBytes = Comparator.comparingDouble(Rate::bytes);
        Rate slowest = rates.stream().min(byBytes).orElseThrow();
        Rate fastest = rates.stream().max(byBytes).orElseThrow();
        double mostBusyUs = rates.stream().mapToDouble(Rate::busyUs).max().orElseThrow();
        boolean filled = slowest.busyUs() > 0 && slowest.busyUs() >= BUSY * mostBusyUs;
        if (!filled || slowest.bytes() * 100 >= fastest.bytes() * slowPercent) {
            return Optional.empty();
        }
        looksSinceVerdict = 0;
        long percent = Math.round(slowest.bytes() * 100 / fastest.bytes());
        return Optional.of(
                new Verdict(slowest.tuple(), "the slowest subflow has " + percent + " % of the fastest one's rate"));
    }

    private Optional<Rate> rate(SubflowInfo now) {
        int looks = past.size() - 1;
        for (Map<FourTuple, SubflowInfo> each : past) {
            SubflowInfo then = each.get(now.tuple());
            if (then != null) {
                return looks < LOOKS_TO_SETTLE
                        ? Optional.empty()
                        : Optional.of(new Rate(
                                now.tuple(),
                                (double) (now.bytesAcknowledged() - then.bytesAcknowledged()) / looks,
                                (double) (now.busyUs() - then.busyUs()) / looks));
            }
            looks--;
        }
        return Optional.empty();
    }
}
