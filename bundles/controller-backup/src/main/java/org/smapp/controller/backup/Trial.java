package org.smapp.controller.backup;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.smapp.api.FourTuple;
import org.smapp.api.Subflow;
import org.smapp.api.SubflowState;
import org.smapp.api.controller.Connection;
import org.smapp.api.event.SubflowClosed;
import org.smapp.api.event.SubflowEstablished;
import org.smapp.api.measure.SubflowInfo;
import org.smapp.api.measure.TcpState;
import org.smapp.controller.kit.Backoff;
import org.smapp.controller.kit.ConnectionLine;

/**
 * Finds out whether a better line is good again: after a while opens several subflows over it, one after the other, marked as
 * backup so that no data is put at risk. A handshake takes three packets: a line that loses 30 % of them passes five trials in
 * a row once in two hundred times.
 *
 * <p>Subflows are closed together at the end of the series only. Whenever a subflow closes, even one that carried nothing, the
 * kernel sends all unacknowledged data of the connection again (__mptcp_retransmit_pending_data), which holds up a
 * connection that fills its line for half a second and more.
 */
final class Trial {

    /** Trials in a row that a line must pass. */
    private static final int ENOUGH = 5;

    private static final Duration BETWEEN = Duration.ofSeconds(1);

    /** A handshake that takes longer has lost a packet: the kernel sends its first SYN again after a second. */
    private static final Duration PROMPT = Duration.ofMillis(900);

    /** The pause becomes no longer than so many times the first. */
    private static final int LONGEST_PAUSE = 16;

    private final Connection connection;
    private final Supplier<Duration> hold;
    private final Consumer<ConnectionLine> passed;
    private ConnectionLine line; // null while none is to be tried
    private Connection.Timer timer = () -> {};
    private boolean underWay;
    private boolean abandoned;
    private int good;
    private int bad;

    /**
     * @param hold how long a line is left alone before the first trial; after each failure twice as long
     * @param passed gets a line with the subflows of all trials over it, of which it keeps one
     */
    Trial(Connection connection, Supplier<Duration> hold, Consumer<ConnectionLine> passed) {
        this.connection = connection;
        this.hold = hold;
        this.passed = passed;
    }

    /** Tries this line from now on, or none. */
    void on(Optional<ConnectionLine> next) {
        if (next.isEmpty() || !next.get().equals(line)) {
            timer.cancel();
            line = next.orElse(null);
            underWay = false;
            good = 0;
            bad = 0;
            next.ifPresent(each -> next(hold.get()));
        }
    }

    private void next(Duration wait) {
        timer.cancel();
        timer = connection.after(wait, this::begin);
    }

    private void begin() {
        connection.because("is the line of " + line + " good again?");
        underWay = line.open(true);
        if (underWay) {
            timer = connection.after(PROMPT, this::abandon);
        } else {
            failed("the kernel refused trial " + (good + 1));
        }
    }

    private void abandon() {
        underWay = false;
        abandoned = true;
        failed("no prompt answer to trial " + (good + 1));
    }

    private void failed(String reason) {
        good = 0;
        connection.because(reason);
        for (Subflow each : connection.subflows()) {
            if (each.backup() && each.state() == SubflowState.ESTABLISHED && isOver(each.tuple())) {
                connection.destroy(each);
            }
        }
        bad++;
        next(Backoff.ofMillis(hold.get().toMillis(), LONGEST_PAUSE * hold.get().toMillis())
                .leastAfter(bad));
    }

    /** Takes in that a subflow over the line works. */
    void take(SubflowEstablished event) {
        if (!underWay || !isOver(event.tuple())) {
            return;
        }
        underWay = false;
        good++;
        if (good == ENOUGH) {
            ConnectionLine proven = line;
            on(Optional.empty());
            passed.accept(proven);
        } else {
            next(BETWEEN);
        }
    }

    /** Takes in that a subflow ended. */
    void take(SubflowClosed event) {
        if (underWay && isOver(event.tuple())) {
            underWay = false;
            failed("trial " + (good + 1) + " ended: " + event.cause());
        }
    }

    /** Ends a trial that took too long: the kernel would go on sending its SYN for two minutes. */
    void look(List<SubflowInfo> subflows) {
        for (SubflowInfo each : abandoned ? subflows : List.<SubflowInfo>of()) {
            if (each.state() == TcpState.SYN_SENT && isOver(each.tuple())) {
                connection.because("no prompt answer to the trial");
                connection.destroy(
                        new Subflow(each.tuple(), each.localId(), each.remoteId(), SubflowState.CONNECTING, true, ""));
            }
        }
        abandoned = false;
    }

    private boolean isOver(FourTuple tuple) {
        return line != null && line.local().equals(tuple.localAddress().unmapped());
    }
}
