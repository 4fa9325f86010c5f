package org.smapp.testkit.lab;

import java.util.List;
import org.opentest4j.TestAbortedException;

/**
 * Aborts tests of JUnit 5 that miss something on this machine, and says what. Where the environment has {@code CI} set they go on,
 * and fail: there a test that doesn't run is no success.
 */
public final class LabAssumptions {

    private LabAssumptions() {}

    /** Goes on where a {@link Lab} with links of {@code kind} can be opened. */
    public static void links(Link.Kind kind) {
        abortUnlessEmpty(LabRequirements.missing(kind));
    }

    /** Goes on where {@link GatewayLab} with links of {@code kind} can be opened, and have traffic. */
    public static void traffic(Link.Kind kind) {
        abortUnlessEmpty(LabRequirements.missingForTraffic(kind));
    }

    private static void abortUnlessEmpty(List<String> missing) {
        if (!missing.isEmpty() && System.getenv("CI") == null) {
            throw new TestAbortedException(String.join(" ", missing));
        }
    }
}
