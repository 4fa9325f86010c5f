package org.smapp.core.agent;

import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.smapp.api.Command;
import org.smapp.api.Errno;
import org.smapp.api.IpAddress;
import org.smapp.api.Outcome;
import org.smapp.api.event.CommandDone;
import org.smapp.api.event.Event;

/**
 * Carries out commands and notes what became of them.
 *
 * <p>For the agent's thread only; the counters may be read by any.
 */
final class Commander {

    private final Function<Command, Outcome> kernel;
    private final LongSupplier nanoTime;
    private final Function<IpAddress, String> interfaceOf;
    private final Consumer<Event> publish;
    private final BooleanSupplier fenced;
    private final Consumer<TrackedConnection> doubts;
    private long causeNanos;
    private volatile long given;
    private volatile long refused;

    Commander(
            Function<Command, Outcome> kernel,
            LongSupplier nanoTime,
            Function<IpAddress, String> interfaceOf,
            Consumer<Event> publish,
            BooleanSupplier fenced,
            Consumer<TrackedConnection> doubts) {
        this.kernel = kernel;
        this.nanoTime = nanoTime;
        this.interfaceOf = interfaceOf;
        this.publish = publish;
        this.fenced = fenced;
        this.doubts = doubts;
    }

    /** Sets when the cause of the next commands arrived; their reaction time counts from there. */
    void causeArrived(long atNanos) {
        causeNanos = atNanos;
    }

    /**
     * Gives a command to the kernel.
     *
     * @param row the connection, or null when the table has none with this token
     */
    Outcome execute(TrackedConnection row, Command command, String who, String reason) {
        if (fenced.getAsBoolean()) {
            return new Outcome.NotSent("The call took too long and another thread is the agent now: nothing was sent.");
        }
        long reactionNanos = nanoTime.getAsLong() - causeNanos;
        Outcome outcome = carryOut(row, command);
        given = given + 1; // this thread alone writes these
        if (outcome.isAccepted()) {
            if (row != null) {
                row.accepted(command, interfaceOf);
            }
        } else {
            refused = refused + 1;
            if (row != null && outcome instanceof Outcome.Refused because && Errno.EINVAL.is(because.errno())) {
                doubts.accept(row); // what the kernel says to any command for a connection of its own
            }
        }
        publish.accept(new CommandDone(command.token(), command, outcome, who, reason, reactionNanos));
        return outcome;
    }

    private Outcome carryOut(TrackedConnection row, Command command) {
        if (row == null) {
            return new Outcome.NotSent("There is no connection " + command.token() + ": look at `smapp connections`.");
        }
        return kernel.apply(command);
    }

    /** Returns the time by the clock of reactions. */
    long nowNanos() {
        return nanoTime.getAsLong();
    }

    long given() {
        return given;
    }

    long refused() {
        return refused;
    }
}
