package org.smapp.itests.recovery;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
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
    void shouldBeRightSoonAfterAnOverrun() throws IOException {
        gateway.smapp.configure("receiveBufferBytes = \"65536\"\nauditIntervalMs = \"" + AUDIT_MS + "\"\n");
        Picture known = loadBothSides();
        long overruns = gateway.smapp.health("overruns");
        long recoveries = gateway.smapp.health("recoveries");
        gateway.smapp.signal("STOP");
        LabProcess burst = gateway.shortConnections(SHORT);
        assertEquals(0, burst.waitFor(Daemon.SOON), burst.output());
        Deadline.waitFor(
                "the short connections to end",
                Daemon.SOON,
                () -> gateway.kernel().shows(known));
        gateway.smapp.signal("CONT");
        long back = System.nanoTime();
        Deadline.waitFor("the comparison", Daemon.SOON, () -> gateway.smapp.health("recoveries") > recoveries);
        msUntilShown(known);
        long rightMs = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - back);
        assertTrue(gateway.smapp.health("overruns") > overruns, "The kernel dropped nothing");
        assertUndisturbed();
        figures.atMost(
                BOUND_MS,
                new long[] {rightMs},
                "overrun during " + SHORT + " short connections: from the reader's return until all is right",
                load(known));
        assertNothingForAnAudit(known);
    }

    private void assertNothingForAnAudit(Picture known) {
        long recoveries = gateway.smapp.health("recoveries");
        long start = System.nanoTime();
        Deadline.waitFor(
                "an audit to have passed",
                Daemon.SOON,
                () -> System.nanoTime() - start > TimeUnit.MILLISECONDS.toNanos(2 * AUDIT_MS));
        assertEquals(recoveries, gateway.smapp.health("recoveries"), "An audit found something to correct");
        assertEquals(known, gateway.smapp.shown());
        figures.row("the same, an audit later", load(known), "nothing stale", "nothing stale", true);
    }
}
