package org.smapp.itests.recovery;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.smapp.testkit.lab.Deadline;
import org.smapp.testkit.lab.LabProcess;
import org.smapp.testkit.lab.Link;

/** All lines go, and one comes back. */
final class LineOutageIT extends LoadedGatewayTest {

    /** Less than the minute after which the kernel ends a connection without subflows. */
    private static final Duration LIMIT = Duration.ofSeconds(45);

    /** The hardest case: no subflow can be opened any more, so that everything depends on the last one. */
    @Test
    void shouldNotLoseAConnectionThatOneSideHasBegunToClose() {
        LabProcess client = gateway.lastBytes();
        awaitSubflows(2);
        carrier(0, false);
        awaitSubflows(1);
        carrier(1, false);
        Deadline.waitFor(
                "SMAPP to see that no line is left",
                Daemon.SOON,
                () -> !gateway.smapp.ask("addresses").contains("\"address\""));
        gateway.lab.gateway().run("kill", "-USR1", Long.toString(client.pid()));
        carrier(1, true);
        assertEquals(0, client.waitFor(LIMIT), client.errors());
    }

    private void carrier(int line, boolean on) {
        gateway.lab.links().get(line).carrier(Link.End.NEAR, on);
    }

    private void awaitSubflows(int count) {
        Deadline.waitFor(
                count + " subflows",
                Daemon.SOON,
                () -> gateway.kernel().subflows().size() == count);
    }
}
