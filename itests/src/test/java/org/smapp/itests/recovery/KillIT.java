package org.smapp.itests.recovery;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.smapp.testkit.lab.Deadline;

/** SMAPP is killed and started again. */
final class KillIT extends LoadedGatewayTest {

    private static final int KILLS = Integer.getInteger("smapp.recovery.kills", 2);
    private static final String ANNOUNCED = "10.71.9.3";

    @Test
    void shouldKnowEverythingAgainAfterEachKill() {
        Picture known = loadBothSides();
        assertTrue(known.details().stream().anyMatch(each -> each.endsWith(" backup")));
        Picture kernel = gateway.kernel();
        long[] tookMs = new long[KILLS];
        for (int i = 0; i < KILLS; i++) {
            gateway.smapp.kill();
            gateway.smapp.start();
            tookMs[i] = msUntilShown(known); // tokens, sides, ends, ids, backup marks and owners
        }
        assertEquals(kernel, gateway.kernel());
        assertUndisturbed();
        figures.atMost(
                SECOND_MS,
                tookMs,
                "kill -9 and restart, " + KILLS + " times: from ready until all is known",
                load(known));
    }

    @Test
    void shouldCompleteWhatIsMissingAfterARestart() {
        Picture known = loadBothSides();
        gateway.smapp.kill();
        String[] gone = known.subflows().stream()
                .filter(each -> each.startsWith("10.71.2.2"))
                .findFirst()
                .orElseThrow()
                .split("[ :]+");
        gateway.lab.gateway().run("ss", "-K", "src", gone[0], "sport", "=", gone[1]);
        int whole = known.subflows().size();
        Deadline.waitFor("a subflow to be gone", RunningCore.SOON, () -> subflows() == whole - 1);
        gateway.smapp.start();
        Deadline.waitFor("the subflow to be back", RunningCore.SOON, () -> subflows() == whole);
        assertUndisturbed();
    }

    private int subflows() {
        return gateway.kernel().subflows().size();
    }

    @Test
    void shouldRememberWhatPeersAnnounced() {
        gateway.smapp.configure(
                "org.smapp.controller.fullmesh", "maxSubflows = 1\n"); // or a subflow would tell as well
        gateway.lab.server().address("lo", ANNOUNCED + "/32");
        gateway.lab.server().run("ip", "mptcp", "endpoint", "add", ANNOUNCED, "signal");
        gateway.keep(CONNECTIONS / 10);
        Deadline.waitFor("each to be told of the address", RunningCore.SOON, () -> told() == CONNECTIONS / 10);
        Picture known = gateway.settled();
        gateway.smapp.kill();
        gateway.smapp.start();
        msUntilShown(known);
    }

    private long told() {
        return gateway.shown().details().stream()
                .filter(each -> each.contains("address=" + ANNOUNCED + ","))
                .count();
    }
}
