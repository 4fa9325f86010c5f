package org.smapp.itests.recovery;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.smapp.testkit.lab.Deadline;
import org.smapp.testkit.lab.LabProcess;

/** The kernel has to drop events, because SMAPP did not read for a while. */
final class OverrunIT extends LoadedGatewayTest {

    private static final int SHORT = 2_000;
    private static final int BOUND_MS = 300;
    private static final int AUDIT_MS = 2_000;

    @Test
    void shouldBeRightSoonAfterAnOverrun() {
        gateway.core.configure("receiveBufferBytes = \"65536\"\nauditIntervalMs = \"" + AUDIT_MS + "\"\n");
        Picture known = loadBothSides();
        long overruns = gateway.core.health("overruns");
        long recoveries = gateway.core.health("recoveries");
        gateway.smapp.signal("STOP");
        LabProcess burst = gateway.shortConnections(SHORT);
        assertEquals(0, burst.waitFor(RunningCore.SOON), burst.output());
        Deadline.waitFor(
                "the short connections to end",
                RunningCore.SOON,
                () -> gateway.kernel().shows(known));
        gateway.smapp.signal("CONT");
        long back = System.nanoTime();
        Deadline.waitFor("the comparison", RunningCore.SOON, () -> gateway.core.health("recoveries") > recoveries);
        msUntilShown(known);
        long rightMs = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - back);
        assertTrue(gateway.core.health("overruns") > overruns, "The kernel dropped nothing");
        assertUndisturbed();
        figures.atMost(
                BOUND_MS,
                new long[] {rightMs},
                "overrun during " + SHORT + " short connections: from the reader's return until all is right",
                load(known));
        assertNothingForAnAudit(known);
    }

    private void assertNothingForAnAudit(Picture known) {
        long recoveries = gateway.core.health("recoveries");
        long start = System.nanoTime();
        Deadline.waitFor(
                "an audit to have passed",
                RunningCore.SOON,
                () -> System.nanoTime() - start > TimeUnit.MILLISECONDS.toNanos(2 * AUDIT_MS));
        assertEquals(recoveries, gateway.core.health("recoveries"), "An audit found something to correct");
        assertEquals(known, gateway.shown());
        figures.row("the same, an audit later", load(known), "nothing stale", "nothing stale", true);
    }
}
