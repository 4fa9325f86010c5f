package org.smapp.itests.recovery;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.smapp.testkit.lab.Deadline;
import org.smapp.testkit.lab.LabProcess;
import org.smapp.testkit.lab.Link;

/** All subflows go, and some come back. */
final class LineOutageIT extends LoadedGatewayTest {

    /** Less than the minute after which the kernel ends a connection without subflows. */
    private static final Duration LIMIT = Duration.ofSeconds(45);

    private static final String LATE_PORT = "7001";

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
                RunningCore.SOON,
                () -> gateway.smapp.control().ask("addresses").getAsJsonArray().isEmpty());
        signal(client);
        carrier(1, true);
        assertEquals(0, client.waitFor(LIMIT), client.errors());
    }

    /** The server's kernel would keep what was written then until its application writes again. */
    @Test
    void shouldBringWhatThePeerWroteWhileThereWasNoSubflow() {
        LabProcess server = gateway.answerLate(LATE_PORT);
        LabProcess client = gateway.shortConnections(LATE_PORT, 1);
        Deadline.waitFor("the request", RunningCore.SOON, () -> server.output().contains("asked"));
        awaitSubflows(2);
        gateway.lab.gateway().run("ss", "-Kt", "dport", "=", LATE_PORT);
        awaitSubflows(0);
        signal(server);
        gateway.awaitEnd(client);
    }

    private void signal(LabProcess process) {
        gateway.lab.gateway().run("kill", "-USR1", Long.toString(process.pid()));
    }

    private void carrier(int line, boolean on) {
        gateway.lab.links().get(line).carrier(Link.End.NEAR, on);
    }

    private void awaitSubflows(int count) {
        Deadline.waitFor(
                count + " subflows",
                RunningCore.SOON,
                () -> gateway.kernel().subflows().size() == count);
    }
}
