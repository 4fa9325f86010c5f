package org.smapp.itests;

import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;
import org.smapp.testkit.lab.GatewayLab;

/** Opens the lab before the platform starts, and closes it after the platform has stopped. */
public final class LabActivator implements BundleActivator {

    /** The framework property that holds the prefix of the lab. */
    static final String PREFIX = "smapp.itests.lab";

    private GatewayLab lab;

    @Override
    public void start(BundleContext context) {
        lab = GatewayLab.open(context.getProperty(PREFIX));
        context.registerService(GatewayLab.class, lab, null);
    }

    @Override
    public void stop(BundleContext context) {
        lab.close();
    }
}
