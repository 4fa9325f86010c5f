package org.smapp.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceEvent;
import org.osgi.framework.ServiceListener;
import org.osgi.framework.ServiceReference;

/**
 * Finds configurations that are right by themselves, but that no bundle reads, or that name a controller or a policy that is
 * not there. Files may come before their bundles, so it judges only when nothing has changed for two seconds. Used by one
 * thread at a time; {@link #changed} is for any.
 */
final class Surroundings implements ServiceListener {

    private static final int CALM_LOOKS = 8;
    private static final String CONTROLLER_NAME = "smapp.controller";
    private static final String POLICY_KEY = "policy";
    private static final String OURS = "org.smapp.";

    /** Finds the services that are controllers. */
    static final String CONTROLLERS = "(" + CONTROLLER_NAME + "=*)";

    private final BundleContext context;
    private final InForce inForce;
    private final Metatypes metatypes;
    private final Problems problems;
    private volatile boolean changed = true;
    private int calmLooks;

    Surroundings(BundleContext context, InForce inForce, Metatypes metatypes, Problems problems) {
        this.context = context;
        this.inForce = inForce;
        this.metatypes = metatypes;
        this.problems = problems;
    }

    /** Takes in that a bundle or a configuration came, changed or went. */
    void changed() {
        changed = true;
    }

    /** Takes in that a controller came, changed or went. */
    @Override
    public void serviceChanged(ServiceEvent event) {
        changed = true;
    }

    /** Judges once nothing has changed for a while; to be called each quarter of a second. */
    void look() {
        if (changed) {
            changed = false;
            calmLooks = 0;
        } else if (calmLooks < CALM_LOOKS && isFrameworkUp()) {
            calmLooks++;
            if (calmLooks == CALM_LOOKS) {
                judge();
            }
        }
    }

    /** Returns whether the framework is neither starting nor stopping. */
    private boolean isFrameworkUp() {
        return context.getBundle(0).getState() == Bundle.ACTIVE;
    }

    private void judge() {
        List<String> controllers = controllers();
        List<String> described = metatypes.all().stream().map(ObjectClass::pid).toList();
        inForce.all()
                .forEach((pid, values) -> problems.set(
                        pid,
                        Problems.Finder.SURROUNDINGS,
                        problem(FileName.ofPid(pid), values, controllers, described)));
    }

    private String problem(
            FileName name, Map<String, Object> values, List<String> controllers, List<String> described) {
        String pid = name.describedBy();
        if (!described.contains(pid) && !values.isEmpty()) {
            String hint = Nearest.hint(pid, described);
            return hint.isEmpty() && !pid.startsWith(OURS)
                    ? ""
                    : name.file() + " has no effect: nothing that is installed has a configuration " + pid + hint;
        }
        if (!pid.startsWith(OURS)) {
            return "";
        }
        String controller = missing("controller", values.get(Metatypes.CONTROLLER_KEY), controllers);
        String policy = missing("policy", values.get(POLICY_KEY), policies());
        return controller.isEmpty() && policy.isEmpty() ? "" : name.file() + controller + policy;
    }

    private static String missing(String what, Object named, List<String> known) {
        String word = named == null ? "" : named.toString().strip();
        return word.isEmpty() || known.contains(word)
                ? ""
                : " names a " + what + " that is not there, " + FileParser.shown(word) + Nearest.hint(word, known);
    }

    private List<String> policies() {
        return inForce.pids().stream()
                .map(FileName::ofPid)
                .filter(each -> each.describedBy().equals(Metatypes.POLICY))
                .map(FileName::name)
                .toList();
    }

    private List<String> controllers() {
        List<String> names = new ArrayList<>();
        try {
            ServiceReference<?>[] all = context.getAllServiceReferences(null, CONTROLLERS);
            for (ServiceReference<?> each : all == null ? new ServiceReference<?>[0] : all) {
                names.add(String.valueOf(each.getProperty(CONTROLLER_NAME)));
            }
        } catch (InvalidSyntaxException e) {
            throw new IllegalStateException("The filter is fixed", e);
        }
        return names.stream().sorted().toList();
    }
}
