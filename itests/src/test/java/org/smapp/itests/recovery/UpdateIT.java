package org.smapp.itests.recovery;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.smapp.testkit.lab.Deadline;

/** Parts of the running SMAPP are replaced. */
final class UpdateIT extends LoadedGatewayTest {

    private static final int TIMES = Integer.getInteger("smapp.recovery.updates", 1);

    @Test
    void shouldKnowEverythingAgainAfterCoreWasUpdated() {
        Picture known = loadBothSides();
        Picture kernel = gateway.kernel();
        long[] tookMs = new long[TIMES];
        for (int i = 0; i < TIMES; i++) {
            gateway.core.update();
            tookMs[i] = msUntilShown(known);
        }
        assertEquals(kernel, gateway.kernel());
        assertUndisturbed();
        figures.atMost(
                SECOND_MS,
                tookMs,
                "core updated by a restart, " + TIMES + " times: from ready until all is known",
                load(known));
    }

    @Test
    void shouldGiveEverythingBackToAControllerThatWasStoppedAndStarted() {
        Picture known = loadBothSides();
        Picture kernel = gateway.kernel();
        long[] tookMs = new long[TIMES];
        for (int i = 0; i < TIMES; i++) {
            gateway.smapp.undeploy(LoadedGateway.FULLMESH);
            Deadline.waitFor(
                    "nobody to own a connection",
                    RunningCore.SOON,
                    () -> gateway.shown().owners().equals(Map.of("", CONNECTIONS)));
            assertEquals(kernel, gateway.kernel());
            gateway.smapp.deployShipped(LoadedGateway.FULLMESH);
            Deadline.waitFor(
                    "the controller",
                    RunningCore.SOON,
                    () -> gateway.shown().owners().containsKey("fullmesh"));
            tookMs[i] = msUntilShown(known);
        }
        assertEquals(kernel, gateway.kernel());
        assertUndisturbed();
        figures.atMost(
                SECOND_MS,
                tookMs,
                "controller stopped and started, " + TIMES + " times: from its first connection until it has all",
                load(known));
    }
}
