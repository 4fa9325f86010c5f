package org.smapp.launcher;

import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;

/** Does not return from its start or stop as long as a system property tells it not to. */
public final class ReluctantActivator implements BundleActivator {

    static final String BLOCKED = "smapp.test.blocked";
    static final String START = "start";
    static final String STOP = "stop";

    @Override
    public void start(BundleContext context) throws InterruptedException {
        waitWhile("start");
    }

    @Override
    public void stop(BundleContext context) throws InterruptedException {
        waitWhile("stop");
    }

    private static void waitWhile(String blocked) throws InterruptedException {
        while (blocked.equals(System.getProperty("smapp.test.blocked"))) {
            Thread.sleep(5);
        }
    }
}
