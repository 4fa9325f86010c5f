package org.smapp.core.agent;

import java.util.HashMap;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.osgi.framework.Version;
import org.smapp.api.CloseCause;
import org.smapp.api.Command;
import org.smapp.api.FourTuple;
import org.smapp.api.IpAddress;
import org.smapp.api.Side;
import org.smapp.api.Token;
import org.smapp.api.TransportAddress;
import org.smapp.api.controller.Connection;
import org.smapp.api.controller.ConnectionHandler;
import org.smapp.api.event.ConnectionClosed;
import org.smapp.api.event.ConnectionCreated;
import org.smapp.api.event.ConnectionEstablished;
import org.smapp.api.event.SubflowClosed;
import org.smapp.api.event.SubflowEstablished;
import org.smapp.core.measure.Figures;
import org.smapp.core.pm.PathManagerChannel;
import org.smapp.core.publish.Outbox;
import org.smapp.core.publish.PublishQueue;
import org.smapp.core.rule.Conditions;
import org.smapp.core.rule.Rule;

/**
 * Goes through the life of a connection that does not exist, often enough that the code between an event and its command is
 * loaded and compiled before the first real connection comes. Without it the first reactions take milliseconds. A gateway
 * sees too few connections for the compiler to take notice by itself for a long time.
 *
 * <p>Nothing of it is seen outside: it has a table, a queue and a controller of its own. What reaches the kernel is a request
 * about a connection that it does not know, which it refuses.
 */
final class Rehearsal {

    private static final int ROUNDS = 3_000;
    private static final int REFUSALS = 500;
    private static final long BUDGET_NANOS = TimeUnit.MILLISECONDS.toNanos(400);

    private static final Token NOBODY = new Token(0);
    private static final IpAddress LOCAL = IpAddress.parse("192.0.2.1");
    private static final IpAddress SECOND = IpAddress.parse("192.0.2.2");
    private static final TransportAddress REMOTE = new TransportAddress(IpAddress.parse("198.51.100.1"), 443);
    private static final FourTuple FIRST_TUPLE = new FourTuple(LOCAL, 40_000, REMOTE.address(), REMOTE.port());
    private static final FourTuple SECOND_TUPLE = new FourTuple(SECOND, 40_001, REMOTE.address(), REMOTE.port());

    private final PathManagerChannel channel;
    private final AgentClock clock;
    private final EventFlow flow;
    private final Outbox outbox;
    private final Timers timers;

    private Rehearsal(PathManagerChannel channel, Figures figures, ControllerSeries series, AgentClock clock) {
        this.channel = channel;
        this.clock = clock;
        outbox = new Outbox(new PublishQueue(1), clock::epochMs);
        timers = new Timers(clock::nanoTime);
        LocalAddresses locals = new LocalAddresses(AddressFilter.DEFAULT);
        ConnectionTable table = new ConnectionTable(locals::interfaceOf, clock::epochMs);
        CallWatch watch = new CallWatch();
        Commander commander = new Commander(
                channel::rehearse,
                clock::nanoTime,
                locals::interfaceOf,
                event -> outbox.add(event, false),
                watch::isFenced);
        Assignments assignments = new Assignments(
                table,
                timers,
                (row, controller) -> new Lease(
                        row,
                        controller,
                        commander,
                        timers,
                        locals,
                        new CommandBudget(Integer.MAX_VALUE),
                        figures,
                        series),
                event -> outbox.add(event, false),
                watch,
                (controller, why, cause) -> {
                    throw new IllegalStateException(cause);
                },
                token -> -1,
                row -> {});
        flow = new EventFlow(table, assignments, commander, outbox, clock, new HashMap<>());
        assignments.rules(List.of(new Rule("rehearsal", 0, Conditions.ANY, "rehearsal")));
        assignments.add(new InstalledController("rehearsal", Version.emptyVersion, "rehearsal", 0, Role::new));
    }

    /** Rehearses for a few tenths of a second at most. */
    static void hold(PathManagerChannel channel, Figures figures, ControllerSeries series, AgentClock clock) {
        new Rehearsal(channel, figures, series, clock).hold();
    }

    private void hold() {
        long end = clock.nanoTime() + BUDGET_NANOS;
        for (int round = 0; round < REFUSALS && clock.nanoTime() - end < 0; round++) {
            channel.execute(new Command.DestroySubflow(NOBODY, FIRST_TUPLE));
        }
        for (int round = 0; round < ROUNDS && clock.nanoTime() - end < 0; round++) {
            flow.received(new ConnectionCreated(NOBODY, Side.CLIENT, FIRST_TUPLE, false));
            channel.rehearse(flow);
            flow.received(new SubflowEstablished(NOBODY, SECOND_TUPLE, 1, 0, false, 0));
            flow.received(new SubflowClosed(NOBODY, SECOND_TUPLE, 1, 0, false, 0, CloseCause.ORDERLY));
            flow.received(new ConnectionClosed(NOBODY));
            timers.fire(flow::timer);
            outbox.flush();
        }
    }

    /** What a controller typically does. */
    private static final class Role implements ConnectionHandler {
        private final Connection connection;

        Role(Connection connection) {
            this.connection = connection;
        }

        @Override
        public void onEstablished(ConnectionEstablished event) {
            if (connection.localAddresses().isEmpty()) {
                connection.because("rehearsal").create(SECOND, REMOTE);
            }
        }

        @Override
        public void onSubflowClosed(SubflowClosed event) {
            connection.because("rehearsal").setBackup(connection.subflows().get(0), true);
        }
    }
}
