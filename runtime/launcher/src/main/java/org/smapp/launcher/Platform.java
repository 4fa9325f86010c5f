package org.smapp.launcher;

import java.util.HashMap;
import java.util.Map;
import java.util.ServiceLoader;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.framework.FrameworkEvent;
import org.osgi.framework.launch.Framework;
import org.osgi.framework.launch.FrameworkFactory;

/** The OSGi framework with the composition's bundles installed. Thread-safe. */
final class Platform {

    private final Framework framework;

    private Platform(Framework framework) {
        this.framework = framework;
    }

    /** Prepares the framework; {@link #start} starts it. */
    static Platform prepare(Settings settings, Composition composition, Map<String, String> properties)
            throws StartException {
        Framework framework = initialised(settings, properties);
        new Provisioner(settings, framework.getBundleContext()).provision(composition);
        return new Platform(framework);
    }

    /** Starts the bundles, level by level; returns when the highest level is reached, whether or not all of them started. */
    void start() throws StartException {
        try {
            framework.start();
        } catch (BundleException e) {
            throw new StartException("The OSGi framework doesn't start: " + e.getMessage() + ".", e);
        }
    }

    BundleContext context() {
        return framework.getBundleContext();
    }

    /** Waits until the framework has stopped, starting it again as often as somebody asks it to restart. */
    void awaitStop() throws InterruptedException, StartException {
        while (framework.waitForStop(0).getType() == FrameworkEvent.STOPPED_UPDATE) {
            start();
        }
    }

    /**
     * Stops the bundles, the last started first.
     *
     * @return whether all of them had stopped within the time given
     */
    boolean stop(long timeoutMs) {
        try {
            framework.stop();
            return framework.waitForStop(timeoutMs).getType() != FrameworkEvent.WAIT_TIMEDOUT;
        } catch (BundleException e) {
            System.err.println("smapp: The OSGi framework doesn't stop: " + e.getMessage());
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static Framework initialised(Settings settings, Map<String, String> properties) throws StartException {
        try {
            return initialise(properties);
        } catch (BundleException e) {
            System.err.println("smapp: The bundle cache " + settings.bundleCache() + " is of no use (" + e.getMessage()
                    + "); making a new one.");
            Map<String, String> clean = new HashMap<>(properties);
            clean.put(Constants.FRAMEWORK_STORAGE_CLEAN, Constants.FRAMEWORK_STORAGE_CLEAN_ONFIRSTINIT);
            return initialisedAnew(clean);
        }
    }

    private static Framework initialisedAnew(Map<String, String> properties) throws StartException {
        try {
            return initialise(properties);
        } catch (BundleException e) {
            throw new StartException("The OSGi framework can't be made: " + e.getMessage() + ".", e);
        }
    }

    private static Framework initialise(Map<String, String> properties) throws BundleException {
        Framework framework = ServiceLoader.load(FrameworkFactory.class)
                .findFirst()
                .orElseThrow()
                .newFramework(properties);
        framework.init();
        return framework;
    }
}
