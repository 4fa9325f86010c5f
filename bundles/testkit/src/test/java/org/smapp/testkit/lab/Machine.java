package org.smapp.testkit.lab;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.List;

/** What this machine must be able to do for a test; where CI=true, a test that can't run fails. */
final class Machine {

    private Machine() {}

    /** Returns a prefix for labs that no other test run on this machine uses. */
    static String prefix(String test) {
        return "testkit-" + test + "-" + ProcessHandle.current().pid();
    }

    static void mustCarry(Link.Kind kind) {
        decide(LabRequirements.missing(kind));
    }

    static void mustCarryTraffic(Link.Kind kind) {
        decide(LabRequirements.missingForTraffic(kind));
    }

    private static void decide(List<String> missing) {
        if ("true".equals(System.getenv("CI"))) {
            assertTrue(missing.isEmpty(), missing::toString);
        }
        assumeTrue(missing.isEmpty(), missing::toString);
    }
}
