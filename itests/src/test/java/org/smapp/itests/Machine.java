package org.smapp.itests;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.List;
import org.smapp.testkit.lab.LabRequirements;
import org.smapp.testkit.lab.Link;

/** What this machine must be able to do for a test; where CI is set, a test that can't run fails. */
final class Machine {

    private Machine() {}

    /** Returns what a lab with traffic misses here, one sentence each. */
    static List<String> missing() {
        return LabRequirements.missingForTraffic(Link.Kind.best());
    }

    static boolean isCi() {
        return System.getenv("CI") != null;
    }

    static void mustCarryALab() {
        String missing = String.join(" ", missing());
        if (isCi()) {
            assertTrue(missing.isEmpty(), missing);
        }
        assumeTrue(missing.isEmpty(), missing);
    }
}
