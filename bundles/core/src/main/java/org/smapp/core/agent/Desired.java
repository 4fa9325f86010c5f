package org.smapp.core.agent;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.smapp.core.rule.Rule;

/**
 * What is to be: the controllers that are there, those of them that are out of service, and the rules. Each change makes another
 * one, and the agent compares what it has with the latest; so it may miss some, but never what they come to. Immutable.
 */
public final class Desired {

    /** No controller and no rule. */
    public static final Desired NOTHING = new Desired(0, List.of(), Map.of(), List.of());

    private static final Comparator<InstalledController> IN_ORDER =
            Comparator.comparing(InstalledController::name).thenComparing(Comparator.naturalOrder());

    private final long version;
    private final List<InstalledController> controllers;
    private final Map<InstalledController, String> quarantined;
    private final List<Rule> rules;
    private final Map<String, InstalledController> best = new HashMap<>();
    private final Set<String> outOfService = new HashSet<>();

    private Desired(
            long version,
            List<InstalledController> controllers,
            Map<InstalledController, String> quarantined,
            List<Rule> rules) {
        this.version = version;
        this.controllers = controllers;
        this.quarantined = quarantined;
        this.rules = rules;
        for (InstalledController each : controllers) {
            if (quarantined.containsKey(each)) {
                outOfService.add(each.name());
            } else {
                best.putIfAbsent(each.name(), each);
            }
        }
    }

    /** Returns this with a controller that came, or whose configuration changed. */
    public Desired with(InstalledController controller) {
        List<InstalledController> all = others(controller);
        all.add(controller);
        return with(all);
    }

    /** Returns this without a controller. */
    public Desired without(InstalledController controller) {
        return with(others(controller));
    }

    private List<InstalledController> others(InstalledController controller) {
        List<InstalledController> others = new ArrayList<>(controllers);
        others.remove(controller);
        return others;
    }

    private Desired with(List<InstalledController> all) {
        all.sort(IN_ORDER);
        Map<InstalledController, String> still = new HashMap<>(quarantined);
        still.keySet().retainAll(all);
        return new Desired(version + 1, List.copyOf(all), Map.copyOf(still), rules);
    }

    /** Returns this with these rules instead of those that were. */
    public Desired withRules(List<Rule> next) {
        List<Rule> sorted = next.stream().sorted().toList();
        return sorted.equals(rules) ? this : new Desired(version + 1, controllers, quarantined, sorted);
    }

    /** Returns this with a controller taken out of service; it stays so until it goes. */
    Desired withQuarantined(InstalledController controller, String why) {
        if (quarantined.containsKey(controller)) {
            return this;
        }
        Map<InstalledController, String> all = new HashMap<>(quarantined);
        all.put(controller, why);
        return new Desired(version + 1, controllers, Map.copyOf(all), rules);
    }

    /** Returns the number of the change that led to this. */
    long version() {
        return version;
    }

    /** Returns the controllers by name, the best version of each first. */
    List<InstalledController> controllers() {
        return controllers;
    }

    /** Returns why a controller is out of service, or the empty string. */
    String whyQuarantined(InstalledController controller) {
        return quarantined.getOrDefault(controller, "");
    }

    /** Returns the rules in the order in which they are asked. */
    List<Rule> rules() {
        return rules;
    }

    /** Returns who gets the connections of a rule, or null if its controller is not there or out of service. */
    InstalledController best(Rule rule) {
        return best.get(rule.controller());
    }

    /** Returns whether connections go to this controller, and not to another version of it or to none. */
    boolean isBest(InstalledController controller) {
        return controller.equals(best.get(controller.name()));
    }

    /** Returns whether a rule's controller is there, but out of service: then nobody waits for it. */
    boolean isOutOfService(Rule rule) {
        return outOfService.contains(rule.controller());
    }

    /** Says what changed since {@code before}, for the journal. */
    String changesSince(Desired before) {
        List<String> changes = new ArrayList<>();
        for (InstalledController each : before.controllers) {
            if (!controllers.contains(each)) {
                changes.add(each + " went");
            }
        }
        for (InstalledController each : controllers) {
            int known = before.controllers.indexOf(each);
            if (known < 0) {
                changes.add(each + " came");
            } else if (!before.controllers.get(known).isSameAs(each)) {
                changes.add("the configuration of " + each + " changed");
            }
        }
        if (!rules.equals(before.rules)) {
            changes.add("the rules changed");
        }
        return String.join(", ", changes);
    }
}
