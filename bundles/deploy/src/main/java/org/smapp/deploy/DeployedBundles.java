package org.smapp.deploy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.framework.startlevel.BundleStartLevel;
import org.osgi.framework.wiring.BundleRevision;
import org.osgi.framework.wiring.FrameworkWiring;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The framework's bundles, as far as the deploy folder is concerned. Thread-safe: it keeps nothing. */
final class DeployedBundles {

    private static final Logger LOG = LoggerFactory.getLogger(DeployedBundles.class);

    private final BundleContext context;
    private final Problems problems;
    private final int startLevel;

    DeployedBundles(BundleContext context, Problems problems) {
        this.context = context;
        this.problems = problems;
        startLevel = context.getBundle().adapt(BundleStartLevel.class).getStartLevel();
    }

    /** Returns those that came from the deploy folder. */
    List<Bundle> deployed() {
        return all().filter(DeployedBundles::isDeployed).toList();
    }

    /** Returns the symbolic names of the others. */
    Set<String> platform() {
        return all().filter(each -> !isDeployed(each))
                .map(Bundle::getSymbolicName)
                .collect(Collectors.toSet());
    }

    private Stream<Bundle> all() {
        return Arrays.stream(context.getBundles());
    }

    private static boolean isDeployed(Bundle bundle) {
        return bundle.getLocation().startsWith(Jar.LOCATION);
    }

    /** Returns whether the jar's bundle is installed. */
    boolean isThere(Jar jar) {
        return context.getBundle(jar.location()) != null;
    }

    /** Returns whether the jar's bundle does what it can. */
    boolean isUp(Jar jar) {
        Bundle bundle = context.getBundle(jar.location());
        if (bundle == null) {
            return false;
        }
        boolean lazy = bundle.getHeaders().get(Constants.BUNDLE_ACTIVATIONPOLICY) != null;
        int state = bundle.getState();
        return state == Bundle.ACTIVE || state == Bundle.STARTING && lazy || isFragment(bundle);
    }

    /** Installs the jar's bundle if it is not there yet, and starts it. */
    void bringUp(Jar jar, String otherwise) {
        String wrong = "";
        try {
            Bundle bundle = context.getBundle(jar.location());
            if (bundle == null) {
                bundle = install(jar);
            }
            if (!isFragment(bundle)) {
                bundle.start(Bundle.START_TRANSIENT | Bundle.START_ACTIVATION_POLICY);
            }
            LOG.info("Deploy folder: {} came ({})", jar.identity(), jar.file());
        } catch (BundleException | IOException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            wrong = jar.file() + " does not start: " + oneLine(cause) + "; " + otherwise;
        } catch (Throwable e) { // whatever it is, the other jars must not notice
            wrong = jar.file() + " does not start: " + oneLine(e) + "; " + otherwise;
        }
        problems.set(jar.file(), Problems.Finder.START, wrong);
    }

    private Bundle install(Jar jar) throws IOException, BundleException {
        try (InputStream content = Files.newInputStream(jar.path())) {
            Bundle bundle = context.installBundle(jar.location(), content);
            bundle.adapt(BundleStartLevel.class).setStartLevel(startLevel);
            return bundle;
        }
    }

    /** Stops a bundle and takes it out of the framework. */
    void takeOut(Bundle bundle) {
        String who = bundle.getSymbolicName() + " " + bundle.getVersion();
        String file = Jar.file(bundle.getLocation());
        try {
            bundle.uninstall();
            Set<Bundle> gone = Set.of(bundle);
            FrameworkWiring wiring = context.getBundle(0).adapt(FrameworkWiring.class);
            if (!wiring.getRemovalPendingBundles().isEmpty()) {
                wiring.refreshBundles(gone); // whoever used its packages is wired anew
            }
            LOG.info("Deploy folder: {} went ({})", who, file);
        } catch (Throwable e) { // as above
            problems.set(file, Problems.Finder.START, who + " can't be uninstalled: " + oneLine(e));
        }
    }

    private static String oneLine(Throwable thrown) {
        return String.valueOf(thrown.getMessage() == null ? thrown : thrown.getMessage())
                .lines()
                .findFirst()
                .orElse(thrown.getClass().getName());
    }

    /** Returns whether nobody can have any use of a bundle that is up. */
    static boolean isIdle(Bundle bundle) {
        return bundle.getState() == Bundle.ACTIVE
                && bundle.getRegisteredServices() == null
                && bundle.getServicesInUse() == null
                && bundle.getHeaders().get(Constants.EXPORT_PACKAGE) == null
                && bundle.getHeaders().get(Constants.BUNDLE_ACTIVATOR) == null;
    }

    static boolean isFragment(Bundle bundle) {
        return (bundle.adapt(BundleRevision.class).getTypes() & BundleRevision.TYPE_FRAGMENT) != 0;
    }
}
