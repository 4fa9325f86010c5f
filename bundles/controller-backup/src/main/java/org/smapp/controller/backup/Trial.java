package org.smapp.controller.backup;

import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.smapp.api.IpAddress;
import org.smapp.api.Subflow;
import org.smapp.api.SubflowState;
import org.smapp.api.controller.Connection;
import org.smapp.api.event.SubflowClosed;
import org.smapp.api.event.SubflowEstablished;
import org.smapp.api.measure.SubflowInfo;
import org.smapp.api.measure.TcpState;

/**
 * Finds out whether a better line is good again: opens a subflow over it now and then, marked as backup so that no data is put
 * at risk, and closes it. A handshake takes three packets, so that a line that loses 30 % of them passes five trials in a row
 * once in two hundred times.
 */
final class Trial {

    /** Trials in a row that a line must pass. */
    private static final int ENOUGH = 5;

    /** A handshake that takes longer has lost a packet: the kernel sends its first SYN again after a second. */
    private static final Duration PROMPT = Duration.ofMillis(900);

    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);

    private final Connection connection;
    private final Duration pause;
    private final Consumer<IpAddress> passed;
    private IpAddress line;
    private Connection.Timer timer = () -> {};
    private boolean underWay;
    private boolean late;
    private int good;
    private int bad;

    /**
     * @param hold for how long the line must pass all trials
     * @param passed gets the line, with the subflow of the last trial over it
     */
    Trial(Connection connection, Duration hold, Consumer<IpAddress> passed) {
        this.connection = connection;
        this.pause = hold.dividedBy(ENOUGH);
        this.passed = passed;
    }

    /** Tries this line from now on, or none if null. */
    void on(IpAddress next) {
        if (next == null || !next.equals(line)) {
            line = next;
            underWay = false;
            good = 0;
            bad = 0;
            again();
        }
    }

    private void again() {
        timer.cancel();
        if (line != null) {
            Duration wait = pause.multipliedBy(1L << Math.min(bad, 10));
            timer = connection.after(wait.compareTo(LONGEST_PAUSE) < 0 ? wait : max(pause, LONGEST_PAUSE), this::begin);
        }
    }

    private static Duration max(Duration one, Duration other) {
        return one.compareTo(other) > 0 ? one : other;
    }

    private void begin() {
        connection.because("is the line of " + line + " good again?");
        late = false;
        underWay = Remotes.open(connection, line, true);
        if (underWay) {
            timer = connection.after(PROMPT, () -> late = true);
        } else {
            failed();
        }
    }

    private void failed() {
        underWay = false;
        good = 0;
        bad++;
        again();
    }

    /** Returns whether the event is about a trial. */
    boolean take(SubflowEstablished event) {
        if (!isMine(event.tuple().localAddress())) {
            return false;
        }
        Subflow subflow =
                new Subflow(event.tuple(), event.localId(), event.remoteId(), SubflowState.ESTABLISHED, true, "");
        underWay = false;
        good++;
        bad = 0;
        if (!late && good == ENOUGH) {
            IpAddress proven = line;
            on(null);
            passed.accept(proven);
            return true;
        }
        connection
                .because(late ? "it took too long" : "passed trial " + good + " of " + ENOUGH)
                .destroy(subflow);
        if (late) {
            failed();
        } else {
            again();
        }
        return true;
    }

    void take(SubflowClosed event) {
        if (isMine(event.tuple().localAddress())) {
            failed();
        }
    }

    /** Ends a trial that took too long: the kernel would go on sending its SYN for two minutes. */
    void look(List<SubflowInfo> subflows) {
        if (!underWay || !late) {
            return;
        }
        for (SubflowInfo each : subflows) {
            if (each.state() == TcpState.SYN_SENT && isMine(each.tuple().localAddress())) {
                connection
                        .because("no answer to the trial")
                        .destroy(new Subflow(
                                each.tuple(), each.localId(), each.remoteId(), SubflowState.CONNECTING, true, ""));
            }
        }
    }

    private boolean isMine(IpAddress local) {
        return underWay && local.unmapped().equals(line);
    }
}
