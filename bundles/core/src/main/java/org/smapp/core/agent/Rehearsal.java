package org.smapp.core.agent;

import java.util.List;
import java.util.concurrent.TimeUnit;
import org.osgi.framework.Version;
import org.smapp.api.Command;
import org.smapp.api.FourTuple;
import org.smapp.api.IpAddress;
import org.smapp.api.Token;
import org.smapp.api.controller.Connection;
import org.smapp.api.controller.ConnectionHandler;
import org.smapp.api.event.ConnectionEstablished;
import org.smapp.core.measure.Figures;
import org.smapp.core.pm.PathManagerChannel;
import org.smapp.core.publish.Outbox;
import org.smapp.core.publish.PublishQueue;
import org.smapp.core.rule.Conditions;
import org.smapp.core.rule.Rule;
import org.smapp.netlink.route.AddressMessage;
import org.smapp.netlink.route.AddressPrefix;
import org.smapp.netlink.route.DefaultRoute;
import org.smapp.netlink.route.LinkMessage;

/**
 * Goes through the life of a connection that does not exist, until the code between an event and its command is loaded and
 * compiled. Without it the first reactions take milliseconds. A gateway sees too few connections for the compiler to take
 * notice by itself for a long time.
 *
 * <p>Nothing of it is seen outside: it has a table, a queue and a controller of its own. What reaches the kernel are requests
 * about a connection that it does not know, which it refuses.
 */
final class Rehearsal {

    /** How many made-up lives are timed together. */
    private static final int LIVES = 100;

    /** If it has not got quicker by a tenth for this long, the compilers have nothing left to do. */
    private static final long NO_QUICKER_NANOS = TimeUnit.MILLISECONDS.toNanos(300);

    private static final long AT_MOST_NANOS = TimeUnit.MILLISECONDS.toNanos(1_500);
    private static final int REQUESTS_EACH = 5;

    private static final IpAddress LOCAL = IpAddress.parse("192.0.2.1");
    private static final IpAddress SECOND = IpAddress.parse("192.0.2.2");
    private static final Command REFUSED =
            new Command.DestroySubflow(new Token(0), new FourTuple(LOCAL, 40_000, SECOND, 443));

    private final PathManagerChannel channel;
    private final AgentClock clock;
    private final Outbox outbox;
    private final ReactionPath path;

    private Rehearsal(PathManagerChannel channel, Figures figures, Surroundings real) {
        this.channel = channel;
        clock = real.clock();
        outbox = new Outbox(new PublishQueue(1), clock::epochMs);
        Quarantine failures = (controller, why, cause) -> {
            throw new IllegalStateException(why, cause);
        };
        Surroundings own = new Surroundings(
                real.measurements(),
                real.settings(),
                new DesiredState(),
                outbox,
                clock,
                token -> null,
                failures,
                () -> true);
        path = ReactionPath.wire(own, channel.commands()::rehearse, locals(), figures, message -> true, token -> true);
        Desired desired = Desired.NOTHING
                .withRules(List.of(new Rule("rehearsal", 0, Conditions.ANY, "rehearsal")))
                .with(new InstalledController("rehearsal", Version.emptyVersion, "rehearsal", 0, Role::new));
        path.assignments().apply(desired, "rehearsal");
    }

    private static LocalAddresses locals() {
        LocalAddresses locals = new LocalAddresses(AddressFilter.DEFAULT);
        LinkMessage link = new LinkMessage(false, 1, "rehearsal", LinkMessage.IFF_UP, LinkMessage.STATE_UP, true);
        AddressPrefix all = AddressPrefix.any(LOCAL.v6());
        DefaultRoute way =
                new DefaultRoute(false, LOCAL.v6(), DefaultRoute.MAIN_TABLE, DefaultRoute.UNICAST, all, List.of(1), 0);
        DefaultRoutes ways = new DefaultRoutes(List.of(way), List.of());
        locals.replaceAll(List.of(link), List.of(address(LOCAL), address(SECOND)), ways, "rehearsal");
        return locals;
    }

    private static AddressMessage address(IpAddress local) {
        return new AddressMessage(
                false,
                1,
                local.v6(),
                local.high(),
                local.low(),
                AddressPrefix.any(local.v6()),
                AddressMessage.SCOPE_UNIVERSE,
                0);
    }

    /** Rehearses until it gets no quicker, for a second and a half at most. */
    static void hold(PathManagerChannel channel, Figures figures, Surroundings real) {
        new Rehearsal(channel, figures, real).hold();
    }

    private void hold() {
        long began = clock.nanoTime();
        long improved = began;
        long quickest = Long.MAX_VALUE;
        for (long now = began; now - began < AT_MOST_NANOS && now - improved < NO_QUICKER_NANOS; ) {
            long took = lives();
            now = clock.nanoTime();
            if (took < quickest - quickest / 10) {
                quickest = took;
                improved = now;
            }
        }
    }

    private long lives() {
        for (int i = 0; i < REQUESTS_EACH; i++) {
            channel.commands().execute(REFUSED);
        }
        long start = clock.nanoTime();
        for (int i = 0; i < LIVES; i++) {
            channel.events().rehearse(path.flow());
            path.snapshots().settle();
            path.timers().fire(path.flow());
            outbox.flush();
        }
        return clock.nanoTime() - start;
    }

    /** Does what a controller typically does. */
    private record Role(Connection connection) implements ConnectionHandler {

        @Override
        public void onEstablished(ConnectionEstablished event) {
            connection.because("rehearsal").create(SECOND, connection.tuple().remote());
        }
    }
}
