package org.smapp.controller.streaming;

import java.time.Duration;
import java.util.function.Consumer;
import org.smapp.api.controller.Connection;
import org.smapp.api.measure.ConnectionInfo;

/** Finds the blocks in what an application writes, and says when one is late. */
final class Blocks {

    /** How often to look for a block's beginning: the check is late by as much at most. */
    static final Duration INTERVAL = Duration.ofMillis(50);

    /**
     * What a block is, and when it is late.
     *
     * @param bytes its size, or 0 for what is written until the check
     * @param pauseMs nothing is written for as long before it begins
     * @param checkMs how long after its beginning a part must have arrived
     * @param expectedPercent that part
     * @param completeMs how long after its beginning all of it must have arrived
     */
    record Plan(long bytes, int pauseMs, int checkMs, int expectedPercent, int completeMs) {}

    private final Connection connection;
    private final Plan plan;
    private final Consumer<String> late;
    private boolean known;
    private long written;
    private int looksSinceWrite;

    /** @param late hears what is wrong with a block, once for each */
    Blocks(Connection connection, Plan plan, Consumer<String> late) {
        this.connection = connection;
        this.plan = plan;
        this.late = late;
        look();
    }

    /** Returns whether all that was written has arrived. */
    boolean isComplete() {
        return connection.info().map(now -> now.backlogBytes() == 0).orElse(true);
    }

    private void look() {
        connection.info().ifPresent(this::look);
        connection.after(INTERVAL, this::look);
    }

    private void look(ConnectionInfo now) {
        boolean wrote = known ? now.writeSequence() != written : now.backlogBytes() > 0;
        boolean paused = !known || looksSinceWrite * INTERVAL.toMillis() >= plan.pauseMs();
        if (wrote && paused) {
            long first = known ? written : now.unacknowledgedSequence();
            connection.after(Duration.ofMillis(plan.checkMs()), () -> check(first));
        }
        looksSinceWrite = wrote ? 0 : looksSinceWrite + 1;
        written = now.writeSequence();
        known = true;
    }

    private void check(long first) {
        connection.info().ifPresent(now -> {
            long bytes = plan.bytes() > 0 ? plan.bytes() : now.writeSequence() - first;
            if (!isLate(now, first, bytes, plan.expectedPercent(), plan.checkMs())) {
                Duration rest = Duration.ofMillis(Math.max(0, plan.completeMs() - plan.checkMs()));
                connection.after(
                        rest,
                        () -> connection.info().ifPresent(then -> isLate(then, first, bytes, 100, plan.completeMs())));
            }
        });
    }

    private boolean isLate(ConnectionInfo now, long first, long bytes, int percent, int afterMs) {
        long arrived = now.unacknowledgedSequence() - first;
        boolean isLate = arrived * 100 < bytes * percent;
        if (isLate) {
            late.accept(
                    "only " + Math.max(0, arrived) + " of " + bytes + " bytes had arrived after " + afterMs + " ms");
        }
        return isLate;
    }
}
