package org.smapp.core.agent;

import java.util.function.Consumer;
import java.util.function.ToIntFunction;
import org.smapp.api.Command;
import org.smapp.api.IpAddress;
import org.smapp.api.Outcome;
import org.smapp.api.event.EventsLost;
import org.smapp.api.event.SubflowTimeout;

/**
 * What can be asked of an agent. Each request is a message in its {@link Inbox}; the methods return false if too many wait
 * there.
 *
 * <p>Thread-safe.
 */
final class Requests {

    private final Inbox inbox;
    private final ReactionPath path;
    private final AgentClock clock;
    private final ToIntFunction<IpAddress> bindings;

    /**
     * @param inbox takes the messages to the thread that everything else belongs to
     * @param bindings the number of the interface that a socket with a local address must be bound to, or 0
     */
    Requests(Inbox inbox, ReactionPath path, AgentClock clock, ToIntFunction<IpAddress> bindings) {
        this.bindings = bindings;
        this.inbox = inbox;
        this.path = path;
        this.clock = clock;
    }

    /** Takes in an expiry of a retransmission timer. */
    boolean offer(SubflowTimeout timeout) {
        return inbox.tell(() -> path.flow().timeout(timeout));
    }

    /** Publishes something that concerns no controller. */
    boolean announce(EventsLost event) {
        return inbox.tell(() -> path.flow().announce(event));
    }

    /** Has the kernel asked about each connection whose it is. */
    boolean doubtAll() {
        return inbox.tell(path.flow()::doubtAll);
    }

    /** Carries out a command for an operator; {@code done} hears what became of it, on the agent's thread. */
    boolean submit(Command command, String reason, Consumer<Outcome> done) {
        long askedNanos = clock.nanoTime();
        return inbox.tell(new Message() {
            @Override
            public void run() {
                path.commander().causeArrived(askedNanos);
                done.accept(operate(command, reason));
            }

            @Override
            public void dropped() {
                done.accept(new Outcome.NotSent("The agent was replaced before it got to the request: try again."));
            }
        });
    }

    private Outcome operate(Command command, String reason) {
        TrackedConnection row = path.table().get(command.token());
        Command complete = row == null ? command : bound(row.withIds(command));
        Outcome outcome = path.commander().execute(row, complete, "operator", reason);
        if (row != null) {
            path.snapshots().show(row);
        }
        return outcome;
    }

    /** Binds a subflow to its interface where packets would leave by another, unless the operator chose. */
    private Command bound(Command command) {
        if (!(command instanceof Command.CreateSubflow create) || create.interfaceIndex() != 0) {
            return command;
        }
        int index = bindings.applyAsInt(create.local().address());
        return new Command.CreateSubflow(
                create.token(), create.local(), create.localId(), create.remote(), create.backup(), index);
    }
}
