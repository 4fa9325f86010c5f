package org.smapp.itests;

import static org.ops4j.pax.exam.CoreOptions.bundle;
import static org.ops4j.pax.exam.CoreOptions.composite;
import static org.ops4j.pax.exam.CoreOptions.frameworkProperty;
import static org.ops4j.pax.exam.CoreOptions.streamBundle;

import java.net.URI;
import java.net.URISyntaxException;
import org.ops4j.pax.exam.Option;
import org.ops4j.pax.tinybundles.TinyBundles;
import org.osgi.framework.Constants;
import org.smapp.testkit.lab.GatewayLab;

/** The lab beside the platform, in the same framework: tests get it as a service. */
public final class LabOptions {

    /** Before the platform, which needs its namespace, at 20; after what the platform stands on. */
    private static final int START_LEVEL = 16;

    private LabOptions() {}

    /** Returns what brings a lab whose namespaces begin with {@code prefix}. */
    public static Option lab(String prefix) {
        return composite(
                bundle(testkit().toString()).startLevel(START_LEVEL),
                frameworkProperty(LabActivator.PREFIX).value(prefix),
                streamBundle(TinyBundles.bundle()
                                .addClass(LabActivator.class)
                                .setHeader(Constants.BUNDLE_MANIFESTVERSION, "2")
                                .setHeader(Constants.BUNDLE_SYMBOLICNAME, "org.smapp.itests.lab")
                                .setHeader(Constants.BUNDLE_ACTIVATOR, LabActivator.class.getName())
                                .setHeader(Constants.IMPORT_PACKAGE, "org.osgi.framework,org.smapp.testkit.lab")
                                .build(TinyBundles.rawBuilder()))
                        .startLevel(START_LEVEL));
    }

    private static URI testkit() {
        try {
            return GatewayLab.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI();
        } catch (URISyntaxException e) {
            throw new IllegalStateException("The testkit's own place is no path", e);
        }
    }
}
