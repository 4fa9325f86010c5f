package org.smapp.controller.streaming;

import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.smapp.api.controller.Connection;
import org.smapp.api.measure.ConnectionInfo;

/** Finds the blocks in what an application writes, and says when one is late. */
final class Blocks {

    /** How often to look for a block's beginning: the check is late by as much at most. */
    static final Duration INTERVAL = Duration.ofMillis(50);

    private final Connection connection;
    private final Supplier<Streaming.Settings> settings;
    private final Consumer<String> late;
    private boolean known;
    private long written;
    private int looksSinceWrite;

    /** @param late hears what is wrong with a block, once for each */
    Blocks(Connection connection, Supplier<Streaming.Settings> settings, Consumer<String> late) {
        this.connection = connection;
        this.settings = settings;
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
        Streaming.Settings plan = settings.get();
        boolean paused = !known || looksSinceWrite * INTERVAL.toMillis() >= plan.pauseMs();
        if (wrote && paused) {
            long first = known ? written : now.unacknowledgedSequence();
            connection.after(Duration.ofMillis(plan.checkMs()), () -> check(first, plan));
        }
        looksSinceWrite = wrote ? 0 : looksSinceWrite + 1;
        written = now.writeSequence();
        known = true;
    }

    private void check(long first, Streaming.Settings plan) {
        connection.info().ifPresent(now -> {
            long bytes = plan.blockBytes() > 0 ? plan.blockBytes() : now.writeSequence() - first;
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
