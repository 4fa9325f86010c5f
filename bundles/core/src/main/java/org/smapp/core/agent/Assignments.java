package org.smapp.core.agent;

import java.util.List;
import java.util.function.Consumer;
import java.util.function.ToLongFunction;
import org.smapp.api.ConnectionState;
import org.smapp.api.Token;
import org.smapp.api.controller.ConnectionHandler;
import org.smapp.api.event.ControllerAssigned;
import org.smapp.api.event.ControllerQuarantined;
import org.smapp.api.event.Event;
import org.smapp.core.agent.Ownership.Owned;
import org.smapp.core.agent.Ownership.Unclaimed;
import org.smapp.core.agent.Ownership.Waiting;
import org.smapp.core.agent.Ownership.Watched;
import org.smapp.core.rule.Rule;

/**
 * Which controller owns which connection. A connection whose controller went away keeps its subflows and waits for the next
 * version before the next rule decides; a controller that fails is taken out and its connections go on to the next rule.
 *
 * <p>For the agent's thread only.
 */
final class Assignments {

    private final ConnectionTable table;
    private final Grace grace;
    private final LeaseFactory leases;
    private final int commandsPerSecond;
    private final Consumer<Event> publish;
    private final CallWatch watch;
    private final Quarantine failures;
    private final ToLongFunction<Token> uids;
    private final Consumer<TrackedConnection> moved;
    private Desired desired = Desired.NOTHING;

    /** Makes the view of a connection that one controller gets. */
    interface LeaseFactory {
        Lease lease(TrackedConnection row, Owned owned);
    }

    /** @param moved hears of a connection whose owner changed while no event or request about it was handled */
    Assignments(
            ConnectionTable table,
            Grace grace,
            LeaseFactory leases,
            int commandsPerSecond,
            Consumer<Event> publish,
            CallWatch watch,
            Quarantine failures,
            ToLongFunction<Token> uids,
            Consumer<TrackedConnection> moved) {
        this.table = table;
        this.grace = grace;
        this.leases = leases;
        this.commandsPerSecond = commandsPerSecond;
        this.publish = publish;
        this.watch = watch;
        this.failures = failures;
        this.uids = uids;
        this.moved = moved;
    }

    /** Gives each connection the owner that {@code next} says. */
    void apply(Desired next, String why) {
        desired = next;
        next.controllers().forEach(each -> grace.came(each.name()));
        for (TrackedConnection row : List.copyOf(table.rows())) {
            assign(row, why);
        }
    }

    /** Takes a controller out of service for good. */
    private void quarantine(InstalledController controller, String why, ControllerFailure cause) {
        if (desired.whyQuarantined(controller).isEmpty()) {
            desired = desired.withQuarantined(controller, why);
            failures.happened(controller, why, cause);
            publish.accept(new ControllerQuarantined(
                    controller.name(), controller.version().toString(), why));
            takeFrom(controller, controller + " was taken out of service");
        }
    }

    private void takeFrom(InstalledController controller, String why) {
        for (TrackedConnection row : List.copyOf(table.rows())) {
            if (row.ownership instanceof Owned owned && owned.controller().equals(controller)) {
                release(row);
                assign(row, why, true);
                moved.accept(row);
            }
        }
    }

    /** The grace of a controller is over. */
    private void giveUp(String name) {
        for (TrackedConnection row : List.copyOf(table.rows())) {
            if (row.ownership instanceof Waiting waiting && waiting.controller().equals(name)) {
                assign(row, "controller " + name + " did not come in time");
                moved.accept(row);
            }
        }
    }

    /** Gives {@code row} the owner that the rules say, which may be the present one. */
    void assign(TrackedConnection row, String why) {
        assign(row, why, false);
    }

    /** @param lost whether the connection has just lost its owner, and that is not published yet */
    private void assign(TrackedConnection row, String why, boolean lost) {
        if (row.ownership instanceof Watched) {
            return;
        }
        Rule rule = firstThatHolds(row);
        InstalledController next = rule == null ? null : desired.best(rule);
        if (row.ownership instanceof Owned owned) {
            if (next != null && next.equals(owned.controller()) && goesOn(row, owned, rule, why)) {
                return;
            }
            release(row);
            assign(row, why, true); // what its last owner did on that may have changed who is next
        } else if (next != null) {
            give(row, next, rule, why);
        } else {
            row.ownership = rule == null ? Unclaimed.UNCLAIMED : new Waiting(desired.controller(rule));
            if (lost) {
                String whom =
                        rule == null ? "no rule gives it to anybody else" : "waiting for " + desired.controller(rule);
                publish.accept(new ControllerAssigned(row.token, "", "", "", why + "; " + whom));
            }
        }
    }

    /** Returns the first rule that holds for {@code row} and names a controller that is there or is waited for; or null. */
    private Rule firstThatHolds(TrackedConnection row) {
        for (Rule each : desired.rules()) {
            if (matches(each, row) && (desired.best(each) != null || isWorthWaiting(each))) {
                return each;
            }
        }
        return null;
    }

    private boolean matches(Rule rule, TrackedConnection row) {
        return rule.when().match(row.side, row.tuple, row.interfaceName, () -> row.uid(uids));
    }

    private boolean isWorthWaiting(Rule rule) {
        return !desired.isOutOfService(rule) && grace.lasts(desired.controller(rule), this::giveUp);
    }

    /** Returns whether an owner keeps a connection: nothing changed for it, or it goes on with its next settings. */
    private boolean goesOn(TrackedConnection row, Owned owned, Rule rule, String why) {
        ControllerSettings next = desired.settings(rule);
        if (next.isSameAs(owned.settings())) {
            return true;
        }
        owned.settings(next);
        if (owned.handler() != null) {
            boolean[] goesOn = new boolean[1];
            call(owned, "onSettingsChanged()", () -> goesOn[0] = owned.handler().onSettingsChanged());
            if (row.ownership != owned) {
                return true; // it failed, and another has the connection by now
            }
            if (goesOn[0]) {
                publish(row, owned, rule, why);
                return true;
            }
        }
        return false;
    }

    private void publish(TrackedConnection row, Owned owned, Rule rule, String why) {
        String policy = owned.settings().policy();
        publish.accept(new ControllerAssigned(
                row.token,
                owned.controller().name(),
                owned.controller().version().toString(),
                rule.name(),
                policy.isEmpty() ? why : why + ", policy " + policy));
    }

    private void give(TrackedConnection row, InstalledController controller, Rule rule, String why) {
        Owned owned = new Owned(row.token, controller, desired.settings(rule), new CommandBudget(commandsPerSecond));
        row.ownership = owned;
        Lease lease = leases.lease(row, owned);
        publish(row, owned, rule, why);
        call(owned, "manage()", () -> {
            ConnectionHandler handler = controller.service().manage(lease);
            if (handler == null) {
                throw new IllegalStateException("manage() returned null");
            }
            owned.handler(handler);
        });
        boolean isNew = row.state() == ConnectionState.CREATED && !row.recovered; // then it has lost nothing yet
        if (!isNew && owned.handler() != null) {
            call(owned, "onLocalAddressRemoved()", lease::tellWhatIsLost);
        }
    }

    /** Ends the ownership of {@code row}, if it has an owner. */
    void release(TrackedConnection row) {
        if (row.ownership instanceof Owned owned) {
            row.ownership = Unclaimed.UNCLAIMED;
            owned.end();
            if (owned.handler() != null) {
                call(owned, "released()", owned.handler()::released);
            }
        }
    }

    /** Calls the owner of a connection; whatever it throws takes it out of service and disturbs nobody else. */
    void call(Owned owned, String what, Runnable call) {
        ControllerFailure failure = null;
        watch.begin(owned.controller(), what);
        try {
            call.run();
        } catch (Throwable thrown) { // a controller may throw anything; the others must not notice
            failure = ControllerFailure.of(thrown); // its code, too
        }
        watch.end(); // not in the try block: it ends this thread, if that is no longer the agent's
        if (failure != null) {
            quarantine(owned.controller(), "threw " + failure + " in " + what, failure);
        } else if (owned.budget().isExceeded()) {
            quarantine(
                    owned.controller(),
                    "gave more than " + owned.budget().perSecond() + " commands for connection " + owned.token()
                            + " within a second, the last of them in " + what,
                    null);
        }
    }
}
