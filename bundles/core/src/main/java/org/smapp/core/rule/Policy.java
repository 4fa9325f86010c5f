package org.smapp.core.rule;

import java.util.Map;

/**
 * A controller with settings of its own, which rules can name. Immutable.
 *
 * @param name its name
 * @param controller the name of the controller
 * @param settings what it sets; the rest is as in the controller's own configuration
 */
public record Policy(String name, String controller, Map<String, Object> settings) {

    /** Makes an immutable copy. */
    public Policy {
        settings = Map.copyOf(settings);
    }

    /** Returns the policy of a rule that names a controller: what the controller's own configuration says. */
    public static Policy defaultOf(String controller) {
        return new Policy("", controller, Map.of());
    }
}
