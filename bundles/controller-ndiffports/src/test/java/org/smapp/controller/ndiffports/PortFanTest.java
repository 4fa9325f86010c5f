package org.smapp.controller.ndiffports;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.smapp.api.Outcome;
import org.smapp.api.Subflow;
import org.smapp.testkit.controller.FakeConnection;

final class PortFanTest {

    private static final String ANOTHER = "create subflow 10.0.1.2 -> 10.9.0.1:443";
    private static final List<String> NOTHING = List.of();
    private static final Outcome REFUSED = new Outcome.Refused(101, "", -1, -1, "no route");

    private final FakeConnection connection = FakeConnection.client("10.0.1.2", "10.9.0.1:443")
            .with("10.0.1.2", "wan1")
            .with("10.0.2.2", "wan2");

    private static void give(FakeConnection connection, int subflows) {
        connection.set("subflows", subflows).givenTo(new NDiffPorts());
    }

    private void giveEstablished(int subflows) {
        give(connection, subflows);
        connection.establish();
        connection.commands();
    }

    @Test
    void shouldOpenWhatIsMissingOnceTheConnectionIsEstablished() {
        give(connection, 3);
        assertEquals(NOTHING, connection.commands());
        connection.establish();
        assertEquals(List.of(ANOTHER, ANOTHER), connection.commands());
        assertEquals("the connection is established", connection.reasons().get(0));
    }

    @Test
    void shouldCompleteAConnectionThatItTakesOver() {
        connection.established();
        give(connection, 2);
        assertEquals(List.of(ANOTHER), connection.commands());
    }

    @Test
    void shouldLeaveMoreThanIsWantedAlone() {
        giveEstablished(3);
        give(connection, 1);
        assertEquals(NOTHING, connection.commands());
    }

    /** Nothing before {@code time}, and another subflow at most a tenth later. */
    private void assertRetriedAfter(Duration time) {
        connection.pass(time.minusMillis(1));
        assertEquals(NOTHING, connection.commands());
        connection.pass(time.dividedBy(10).plusMillis(1));
        assertEquals(List.of(ANOTHER), connection.commands());
    }

    @Test
    void shouldReplaceWhatEnds() {
        giveEstablished(2);
        connection.close(connection.join(), 104);
        assertRetriedAfter(Duration.ofSeconds(1));
    }

    @Test
    void shouldReplaceTheInitialSubflowToo() {
        giveEstablished(2);
        connection.join();
        connection.close(connection.subflows().get(0), 110);
        assertRetriedAfter(Duration.ofSeconds(1));
    }

    @Test
    void shouldWaitLongerAfterEachFailureInARow() {
        giveEstablished(2);
        for (int seconds : new int[] {1, 2, 4, 8, 16, 32, 60, 60}) {
            connection.close(connection.subflows().get(1), 110);
            assertRetriedAfter(Duration.ofSeconds(seconds));
        }
    }

    @Test
    void shouldWaitLongerForAPeerThatHasEnough() {
        giveEstablished(2);
        connection.close(connection.join(), 0);
        assertRetriedAfter(Duration.ofSeconds(1));
        connection.close(connection.join(), 0);
        assertRetriedAfter(Duration.ofSeconds(2));
    }

    @Test
    void shouldForgetFailuresOnceASubflowHasLived() {
        giveEstablished(2);
        connection.close(connection.join(), 110);
        assertRetriedAfter(Duration.ofSeconds(1));
        Subflow works = connection.join();
        connection.pass(Duration.ofMinutes(1));
        connection.close(works, 110);
        assertRetriedAfter(Duration.ofSeconds(1));
    }

    @Test
    void shouldTryAgainWhatTheKernelRefused() {
        give(connection, 4);
        connection.answer(command -> REFUSED);
        connection.establish();
        assertEquals(List.of(ANOTHER), connection.commands());
        connection.answer(command -> Outcome.Accepted.ACCEPTED);
        connection.pass(Duration.ofSeconds(1));
        assertEquals(List.of(ANOTHER, ANOTHER, ANOTHER), connection.commands());
    }

    @Test
    void shouldReplaceWhatALineLeftWhenItComesBack() {
        giveEstablished(2);
        Subflow old = connection.join();
        connection.removeLocal("10.0.1.2");
        assertEquals(NOTHING, connection.commands());
        connection.addLocal("10.0.1.2", "wan1");
        assertEquals(List.of(ANOTHER, ANOTHER), connection.commands());
        connection.join();
        assertEquals(
                List.of("destroy subflow " + connection.subflows().get(0).tuple(), "destroy subflow " + old.tuple()),
                connection.commands());
    }

    @Test
    void shouldWaitForItsLine() {
        giveEstablished(2);
        connection.removeLocal("10.0.1.2");
        connection.close(connection.subflows().get(1), 110);
        connection.pass(Duration.ofSeconds(1));
        connection.addLocal("10.0.3.2", "wan3");
        assertEquals(NOTHING, connection.commands());
        connection.addLocal("10.0.1.2", "wan1");
        assertEquals(List.of(ANOTHER, ANOTHER), connection.commands());
    }

    @Test
    void shouldUseAnAnnouncedAddressWhenTheFirstIsDenied() {
        give(connection, 2);
        connection.withdrawRemote(0);
        connection.establish();
        assertEquals(NOTHING, connection.commands());
        connection.announceRemote(4, "[2001:db8::9]:443");
        assertEquals(NOTHING, connection.commands());
        connection.announceRemote(3, "10.9.0.2:443");
        assertEquals(List.of("create subflow 10.0.1.2 -> 10.9.0.2:443"), connection.commands());
    }

    @Test
    void shouldLeaveItToTheClient() {
        FakeConnection accepted =
                FakeConnection.server("10.9.0.1", "10.0.1.2:40000").with("10.9.0.1", "eth0");
        give(accepted, 4);
        accepted.establish();
        accepted.announceRemote(2, "10.0.1.2:40000");
        assertEquals(NOTHING, accepted.commands());
    }
}
