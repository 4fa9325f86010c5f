package org.smapp.core.agent;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.ToLongFunction;
import org.smapp.api.ControllerSnapshot;
import org.smapp.api.PathManagerType;
import org.smapp.api.Token;
import org.smapp.api.controller.ConnectionHandler;
import org.smapp.api.event.ControllerAssigned;
import org.smapp.api.event.ControllerQuarantined;
import org.smapp.api.event.Event;
import org.smapp.core.rule.Rule;

/**
 * Which controller owns which connection. A connection whose controller went away keeps its subflows and waits for the next
 * version before the next rule decides; a controller that fails is taken out and its connections go on to the next rule.
 *
 * <p>For the agent's thread only.
 */
final class Assignments {

    private final ConnectionTable table;
    private final Timers timers;
    private final LeaseFactory leases;
    private final Consumer<Event> publish;
    private final CallWatch watch;
    private final Quarantine failures;
    private final ToLongFunction<Token> uids;
    private final Consumer<TrackedConnection> moved;
    private final Map<String, TreeSet<InstalledController>> installed = new TreeMap<>();
    private final Map<InstalledController, String> quarantined = new TreeMap<>();
    private final Map<String, InstalledController> best = new HashMap<>();
    private List<Rule> rules = List.of();
    private long graceNanos;
    private volatile List<ControllerSnapshot> snapshot = List.of();

    /** Makes the view of a connection that one controller gets. */
    interface LeaseFactory {
        Lease lease(TrackedConnection row, InstalledController controller);
    }

    /** @param moved hears of a connection that came to another owner without an event or a request of its own */
    Assignments(
            ConnectionTable table,
            Timers timers,
            LeaseFactory leases,
            Consumer<Event> publish,
            CallWatch watch,
            Quarantine failures,
            ToLongFunction<Token> uids,
            Consumer<TrackedConnection> moved) {
        this.table = table;
        this.timers = timers;
        this.leases = leases;
        this.publish = publish;
        this.watch = watch;
        this.failures = failures;
        this.uids = uids;
        this.moved = moved;
    }

    void graceNanos(long nanos) {
        graceNanos = nanos;
    }

    /** Takes over what another agent had: nothing is announced but who owns what from now on. */
    void restore(Collection<InstalledController> all, Map<InstalledController, String> outOfService, List<Rule> next) {
        quarantined.putAll(outOfService);
        all.forEach(each ->
                installed.computeIfAbsent(each.name(), name -> new TreeSet<>()).add(each));
        all.forEach(each -> chooseBest(each.name()));
        rules = next.stream().sorted().toList();
        reassign("another thread became the agent");
    }

    void rules(List<Rule> next) {
        rules = next.stream().sorted().toList();
        reassign("the rules changed");
    }

    void add(InstalledController controller) {
        installed.computeIfAbsent(controller.name(), name -> new TreeSet<>()).add(controller);
        chooseBest(controller.name());
        table.rows().forEach(row -> row.gaveUp.remove(controller.name()));
        reassign(controller + " came");
    }

    void remove(InstalledController controller) {
        quarantined.remove(controller);
        TreeSet<InstalledController> versions = installed.get(controller.name());
        if (versions != null && versions.remove(controller) && versions.isEmpty()) {
            installed.remove(controller.name());
        }
        chooseBest(controller.name());
        takeFrom(controller, controller + " went");
    }

    /** Takes a controller out of service for good. */
    void quarantine(InstalledController controller, String why, Throwable cause) {
        if (quarantined.putIfAbsent(controller, why) == null) {
            chooseBest(controller.name());
            failures.happened(controller, why, cause);
            show();
            publish.accept(new ControllerQuarantined(
                    controller.name(), controller.version().toString(), why));
            takeFrom(controller, controller + " was taken out of service");
        }
    }

    /** Hands a controller's connections to it anew, because its configuration changed. */
    void renew(InstalledController controller) {
        takeFrom(controller, "the configuration of " + controller + " changed");
    }

    private void takeFrom(InstalledController controller, String why) {
        for (TrackedConnection row : List.copyOf(table.rows())) {
            if (row.lease != null && row.lease.controller().equals(controller)) {
                release(row);
                assign(row, why);
                moved.accept(row);
            }
        }
    }

    private void reassign(String why) {
        for (TrackedConnection row : List.copyOf(table.rows())) {
            assign(row, why);
        }
    }

    /** Gives {@code row} to whom the rules say, which may be whom it belongs to. */
    void assign(TrackedConnection row, String why) {
        if (row.pathManager != PathManagerType.USER_SPACE) {
            return; // the kernel would refuse every command
        }
        for (Rule rule : rules) {
            if (!matches(rule, row) || row.gaveUp.contains(rule.controller())) {
                continue;
            }
            InstalledController best = best(rule.controller());
            if (best != null) {
                give(row, best, rule.name(), why);
                return;
            }
            if (!isQuarantined(rule.controller())) {
                await(row, rule.controller(), why);
                return;
            }
        }
        unassign(row, why + "; no rule gives it to anybody else");
    }

    private boolean matches(Rule rule, TrackedConnection row) {
        return rule.when().match(row.side, row.tuple, row.interfaceName, () -> row.uid(uids));
    }

    private InstalledController best(String name) {
        return best.get(name);
    }

    private void chooseBest(String name) {
        best.remove(name);
        for (InstalledController each : installed.getOrDefault(name, new TreeSet<>())) {
            if (!quarantined.containsKey(each)) {
                best.putIfAbsent(name, each);
            }
        }
    }

    private boolean isQuarantined(String name) {
        return quarantined.keySet().stream().anyMatch(each -> each.name().equals(name));
    }

    private void give(TrackedConnection row, InstalledController controller, String rule, String why) {
        if (row.lease != null && row.lease.controller().equals(controller)) {
            return;
        }
        release(row);
        row.waitingFor = null;
        boolean takenOver = row.recovered || row.announcedOwner != null;
        Lease lease = leases.lease(row, controller);
        row.lease = lease;
        row.announcedOwner = controller.name();
        publish.accept(new ControllerAssigned(
                row.token, controller.name(), controller.version().toString(), rule, why));
        call(lease, "manage()", () -> {
            ConnectionHandler handler = controller.service().manage(lease);
            if (handler == null) {
                throw new IllegalStateException("manage() returned null");
            }
            lease.handler(handler);
        });
        if (takenOver && lease.handler() != null) {
            call(lease, "onLocalAddressRemoved()", lease::tellWhatIsLost);
        }
    }

    private void await(TrackedConnection row, String name, String why) {
        if (name.equals(row.waitingFor)) {
            return;
        }
        unassign(row, why + "; waiting for " + name);
        row.waitingFor = name;
        timers.after(graceNanos, null, () -> {
            if (name.equals(row.waitingFor) && table.get(row.token) == row) {
                row.waitingFor = null;
                row.gaveUp.add(name);
                assign(row, "controller " + name + " did not come in time");
                moved.accept(row);
            }
        });
    }

    private void unassign(TrackedConnection row, String why) {
        release(row);
        row.waitingFor = null;
        if (row.announcedOwner != null && !row.announcedOwner.isEmpty()) {
            row.announcedOwner = "";
            publish.accept(new ControllerAssigned(row.token, "", "", "", why));
        }
    }

    /** Ends the ownership of {@code row}, if it has an owner. */
    void release(TrackedConnection row) {
        Lease lease = row.lease;
        if (lease == null) {
            return;
        }
        row.lease = null;
        lease.end();
        if (lease.handler() != null) {
            call(lease, "released()", lease.handler()::released);
        }
    }

    /** Calls the owner of a lease; whatever it throws takes it out of service and disturbs nobody else. */
    void call(Lease lease, String what, Runnable call) {
        Throwable failure = null;
        watch.begin(lease.controller(), what);
        try {
            call.run();
        } catch (Throwable thrown) { // a controller may throw anything; the others must not notice
            failure = thrown;
        }
        watch.end(); // not in the try block: it ends this thread, if that is no longer the agent's
        if (failure != null) {
            quarantine(lease.controller(), "threw " + failure + " in " + what, failure);
        } else if (lease.budget().isExceeded()) {
            quarantine(
                    lease.controller(),
                    "gave more than " + lease.budget().perSecond() + " commands for connection " + lease.token()
                            + " within a second, the last of them in " + what,
                    null);
        }
    }

    /** Returns the controllers as {@link #show} found them; may be called by any thread. */
    List<ControllerSnapshot> snapshot() {
        return snapshot;
    }

    /** Renews what others see of the controllers. */
    void show() {
        List<ControllerSnapshot> all = new ArrayList<>();
        for (TreeSet<InstalledController> versions : installed.values()) {
            for (InstalledController each : versions) {
                all.add(new ControllerSnapshot(
                        each.name(),
                        each.version().toString(),
                        each.bundle(),
                        owned(each),
                        quarantined.getOrDefault(each, "")));
            }
        }
        snapshot = List.copyOf(all);
    }

    private int owned(InstalledController controller) {
        int count = 0;
        for (TrackedConnection row : table.rows()) {
            if (row.lease != null && row.lease.controller().equals(controller)) {
                count++;
            }
        }
        return count;
    }
}
