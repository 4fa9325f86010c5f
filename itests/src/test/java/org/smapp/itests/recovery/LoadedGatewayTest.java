package org.smapp.itests.recovery;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.smapp.testkit.lab.Deadline;
import org.smapp.testkit.lab.LabAssumptions;
import org.smapp.testkit.lab.Link;

/**
 * SMAPP as users run it, beside connections that carry data: whatever happens to it, its picture is the kernel's again and the
 * connections don't notice. {@code itests/recovery} runs these tests with the full numbers.
 */
@Timeout(1_200)
abstract class LoadedGatewayTest {

    static final int CONNECTIONS = Integer.getInteger("smapp.recovery.connections", 100);

    /** How many of them the server opened. */
    private static final int FROM_SERVER = CONNECTIONS / 10;

    static final int SECOND_MS = 1_000;

    final Figures figures = new Figures();
    LoadedGateway gateway;

    @BeforeEach
    void open() throws IOException {
        LabAssumptions.traffic(Link.Kind.VETH);
        gateway = new LoadedGateway("recov");
        gateway.smapp.start();
    }

    @AfterEach
    void close() {
        if (gateway != null) {
            gateway.close();
        }
        figures.assertMet();
    }

    /** Opens connections of both sides, some of their subflows backup, and returns what SMAPP shows of them. */
    Picture loadBothSides() {
        gateway.load(CONNECTIONS - FROM_SERVER);
        gateway.settled();
        gateway.markBackups();
        gateway.loadFromServer(FROM_SERVER);
        return gateway.settled();
    }

    /** Returns how many milliseconds it takes until SMAPP shows exactly this. */
    long msUntilShown(Picture expected) {
        long start = System.nanoTime();
        Deadline.waitFor(
                "SMAPP to show what was there before",
                RunningCore.SOON,
                () -> gateway.shown().equals(expected));
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
    }

    void assertUndisturbed() {
        long[] counts = gateway.loadCounts();
        assertEquals(CONNECTIONS, counts[0], "connections open");
        assertEquals(0, counts[2], "errors of the traffic");
        Deadline.waitFor("data to flow", RunningCore.SOON, () -> gateway.loadCounts()[1] > counts[1]);
    }

    static String load(Picture picture) {
        return picture.tokens().size() + " connections, " + picture.subflows().size() + " subflows";
    }
}
