package org.smapp.core.agent;

import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.smapp.api.Command;
import org.smapp.api.Outcome;
import org.smapp.api.Token;
import org.smapp.api.event.Event;
import org.smapp.core.family.KernelFamily;
import org.smapp.core.measure.Figures;
import org.smapp.core.publish.Outbox;
import org.smapp.linux.LinuxException;

/**
 * Everything between an event and its command, put together once: the agent uses it for the kernel's events, and the rehearsal
 * for made-up ones.
 *
 * <p>For the agent's thread only, except {@code watch}.
 */
record ReactionPath(
        Timers timers,
        CallWatch watch,
        ConnectionTable table,
        Commander commander,
        Assignments assignments,
        ControllerSeries series,
        EventFlow flow,
        Snapshots snapshots,
        Doubts doubts) {

    private static final Logger LOG = LoggerFactory.getLogger(ReactionPath.class);

    /**
     * Puts the parts together.
     *
     * @param kernel carries out commands
     * @param inbox takes messages to the agent's thread; returns false when it is full
     * @param queries asks the kernel whose a connection is
     */
    static ReactionPath wire(
            Surroundings around,
            Function<Command, Outcome> kernel,
            LocalAddresses locals,
            Figures figures,
            Predicate<Message> inbox,
            KernelFamily.Queries queries) {
        AgentClock clock = around.clock();
        AgentSettings settings = around.settings();
        Outbox outbox = around.outbox();
        Consumer<Event> publish = event -> outbox.add(event, false);
        Timers timers = new Timers(clock::nanoTime);
        CallWatch watch = new CallWatch();
        ControllerSeries series = new ControllerSeries(around.measurements(), inbox, timers);
        ConnectionTable table = new ConnectionTable(locals::interfaceOf, clock::epochMs);
        Snapshots snapshots = new Snapshots();
        Doubts doubts = new Doubts(queries, publish);
        Commander commander =
                new Commander(kernel, clock::nanoTime, locals::interfaceOf, publish, watch::isFenced, doubts::about);
        Assignments assignments = new Assignments(
                table,
                new Grace(timers, TimeUnit.MILLISECONDS.toNanos(settings.controllerGraceMs())),
                (row, owned) -> new Lease(row, owned, commander, timers, locals, figures, series),
                settings.commandsPerSecond(),
                publish,
                watch,
                around.failures(),
                token -> uid(figures, token),
                snapshots::show);
        PeerWakeUp wakeUp = new PeerWakeUp(table, commander, timers);
        EventFlow flow = new EventFlow(
                table, assignments, commander, outbox, clock, snapshots, wakeUp, doubts, around.selected());
        return new ReactionPath(timers, watch, table, commander, assignments, series, flow, snapshots, doubts);
    }

    private static long uid(Figures figures, Token token) {
        try {
            return figures.uid(token);
        } catch (LinuxException e) {
            LOG.warn("Rules that demand a user don't hold for connection {}: {}", token, e.getMessage());
            return -1;
        }
    }
}
