package org.smapp.core.agent;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.smapp.core.rule.Policy;
import org.smapp.core.rule.Rule;

/**
 * The desired state: the controllers that are installed, those of them that are out of service, the policies and the rules.
 * Each change makes a new one. The agent compares what it has with the latest: it may skip versions, but never the last.
 * Immutable.
 */
public final class Desired {

    /** No controller and no rule. */
    public static final Desired NOTHING = new Desired(0, List.of(), Map.of(), Map.of(), List.of());

    private static final Comparator<InstalledController> IN_ORDER =
            Comparator.comparing(InstalledController::name).thenComparing(Comparator.naturalOrder());

    private final long version;
    private final List<InstalledController> controllers;
    private final Map<InstalledController, String> quarantined;
    private final Map<String, Policy> policies;
    private final List<Rule> rules;
    private final Map<Rule, ControllerSettings> settings = new IdentityHashMap<>();
    private final Map<String, InstalledController> best = new HashMap<>();
    private final Set<String> outOfService = new HashSet<>();

    private Desired(
            long version,
            List<InstalledController> controllers,
            Map<InstalledController, String> quarantined,
            Map<String, Policy> policies,
            List<Rule> rules) {
        this.version = version;
        this.controllers = controllers;
        this.quarantined = quarantined;
        this.policies = policies;
        this.rules = rules;
        for (InstalledController each : controllers) {
            if (quarantined.containsKey(each)) {
                outOfService.add(each.name());
            } else {
                best.putIfAbsent(each.name(), each);
            }
        }
        for (Rule each : rules) {
            if (best(each) != null) {
                settings.put(each, new ControllerSettings(policy(each), best(each)));
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
        return new Desired(version + 1, List.copyOf(all), Map.copyOf(still), policies, rules);
    }

    /** Returns this with these rules instead of those that were. */
    public Desired withRules(List<Rule> next) {
        List<Rule> sorted = next.stream().sorted().toList();
        return sorted.equals(rules) ? this : new Desired(version + 1, controllers, quarantined, policies, sorted);
    }

    /** Returns this with these policies instead of those that were. */
    public Desired withPolicies(List<Policy> next) {
        Map<String, Policy> byName = new HashMap<>();
        next.forEach(each -> byName.put(each.name(), each));
        return byName.equals(policies)
                ? this
                : new Desired(version + 1, controllers, quarantined, Map.copyOf(byName), rules);
    }

    /** Returns this with a controller taken out of service; it stays so until it goes. */
    Desired withQuarantined(InstalledController controller, String why) {
        if (quarantined.containsKey(controller)) {
            return this;
        }
        Map<InstalledController, String> all = new HashMap<>(quarantined);
        all.put(controller, why);
        return new Desired(version + 1, controllers, Map.copyOf(all), policies, rules);
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

    /** Returns what a rule demands, or null if it names a policy that is not there. */
    Policy policy(Rule rule) {
        return rule.policy().isEmpty() ? Policy.defaultOf(rule.controller()) : policies.get(rule.policy());
    }

    /** Returns the name of the controller that a rule demands, or null if it names a policy that is not there. */
    String controller(Rule rule) {
        Policy named = policies.get(rule.policy());
        return rule.policy().isEmpty() ? rule.controller() : named == null ? null : named.controller();
    }

    /** Returns who gets the connections of a rule, or null if its controller is not there or out of service. */
    InstalledController best(Rule rule) {
        return best.get(controller(rule));
    }

    /** Returns the settings that whoever gets the connections of a rule has for them. */
    ControllerSettings settings(Rule rule) {
        return settings.get(rule);
    }

    /** Returns whether connections go to this controller, and not to another version of it or to none. */
    boolean isBest(InstalledController controller) {
        return controller.equals(best.get(controller.name()));
    }

    /** Returns whether nobody waits for a rule's controller: it is there, but out of service, or the rule's policy is not there. */
    boolean isOutOfService(Rule rule) {
        return controller(rule) == null || outOfService.contains(controller(rule));
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
        if (!policies.equals(before.policies)) {
            changes.add("the policies changed");
        }
        if (!rules.equals(before.rules)) {
            changes.add("the rules changed");
        }
        return String.join(", ", changes);
    }
}
