package org.smapp.launcher;

import java.util.ArrayList;
import java.util.List;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;

/** Says in words which bundles did not start and which components wait for what. Thread-safe: stateless. */
final class Unsatisfied {

    private Unsatisfied() {}

    /** Returns one sentence for each bundle and component that is not as it should be, or one that says all are. */
    static String explain(BundleContext context) {
        List<String> sentences = new ArrayList<>(bundles(context));
        sentences.addAll(UnsatisfiedComponents.sentences(context));
        return sentences.isEmpty()
                ? "All bundles are active and no component waits; the log tells more."
                : String.join(" ", sentences);
    }

    /** Returns one sentence for each bundle of the platform that should be active and is not. */
    static List<String> bundles(BundleContext context) {
        List<String> sentences = new ArrayList<>();
        for (Bundle bundle : context.getBundles()) {
            if (!isUp(bundle) && !Provisioner.isDeployed(bundle)) {
                sentences.add("Bundle " + bundle.getSymbolicName() + " " + bundle.getVersion() + " is not active: "
                        + reason(bundle) + ".");
            }
        }
        return sentences;
    }

    private static boolean isUp(Bundle bundle) {
        int state = bundle.getState();
        boolean lazy = bundle.getHeaders().get(Constants.BUNDLE_ACTIVATIONPOLICY) != null;
        return state == Bundle.ACTIVE
                || (state == Bundle.STARTING && lazy)
                || (state == Bundle.RESOLVED && Provisioner.isFragment(bundle));
    }

    /** Starts the bundle once more for the reason: the framework keeps none. */
    private static String reason(Bundle bundle) {
        if (Provisioner.isFragment(bundle)) {
            return "a fragment without its host";
        }
        try {
            bundle.start(Bundle.START_TRANSIENT);
            return "it started only now, at the second attempt";
        } catch (BundleException e) {
            Throwable cause = e.getCause();
            return cause == null ? e.getMessage() : e.getMessage() + " (" + cause + ")";
        }
    }
}
