package org.smapp.controller.fullmesh;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.annotation.Annotation;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.smapp.api.CloseCause;
import org.smapp.api.Outcome;
import org.smapp.api.Subflow;
import org.smapp.testkit.controller.FakeConnection;

final class MeshTest {

    private static final String SECOND = "create subflow 10.0.2.2 -> 10.9.0.1:443";
    private static final List<String> NOTHING = List.of();

    private final FakeConnection connection = FakeConnection.client("10.0.1.2", "10.9.0.1:443")
            .with("10.0.1.2", "wan1")
            .with("10.0.2.2", "wan2");

    private void give(boolean announce, int maxSubflows, boolean serverSide) {
        give(connection, announce, maxSubflows, serverSide);
    }

    private static void give(FakeConnection connection, boolean announce, int maxSubflows, boolean serverSide) {
        FullMesh controller = new FullMesh();
        controller.configure(settings(announce, maxSubflows, serverSide));
        connection.givenTo(controller);
    }

    private static FullMesh.Settings settings(boolean announce, int maxSubflows, boolean serverSide) {
        return new FullMesh.Settings() {
            @Override
            public boolean announce() {
                return announce;
            }

            @Override
            public int maxSubflows() {
                return maxSubflows;
            }

            @Override
            public boolean serverSide() {
                return serverSide;
            }

            @Override
            public Class<? extends Annotation> annotationType() {
                return FullMesh.Settings.class;
            }
        };
    }

    private void giveEstablished() {
        give(false, 8, false);
        connection.establish();
        connection.commands();
    }

    @Test
    void shouldWaitUntilTheConnectionIsEstablished() {
        give(false, 8, false);
        assertEquals(NOTHING, connection.commands());
        connection.establish();
        assertEquals(List.of(SECOND), connection.commands());
        assertEquals(List.of("the connection is established"), connection.reasons());
    }

    @Test
    void shouldCompleteAConnectionThatItTakesOver() {
        connection.established();
        give(false, 8, false);
        assertEquals(List.of(SECOND), connection.commands());
    }

    @Test
    void shouldNotAskTwiceForTheSamePair() {
        giveEstablished();
        connection.addLocal("10.0.3.2", "wan3");
        assertEquals(List.of("create subflow 10.0.3.2 -> 10.9.0.1:443"), connection.commands());
    }

    @Test
    void shouldMeshWithWhatThePeerAnnounces() {
        giveEstablished();
        connection.announceRemote(3, "10.9.0.2:443");
        assertEquals(
                List.of("create subflow 10.0.1.2 -> 10.9.0.2:443", "create subflow 10.0.2.2 -> 10.9.0.2:443"),
                connection.commands());
    }

    @Test
    void shouldLeaveFamiliesApart() {
        giveEstablished();
        connection.addLocal("2001:db8::2", "wan1");
        assertEquals(NOTHING, connection.commands());
        connection.announceRemote(4, "[2001:db8::9]:443");
        assertEquals(List.of("create subflow 2001:db8::2 -> [2001:db8::9]:443"), connection.commands());
    }

    @Test
    void shouldStopAtTheMostSubflows() {
        give(false, 2, false);
        connection.establish();
        connection.addLocal("10.0.3.2", "wan3");
        assertEquals(List.of(SECOND), connection.commands());
    }

    @Test
    void shouldLeaveADeadLineAndComeBackWithIt() {
        giveEstablished();
        connection.join();
        connection.removeLocal("10.0.1.2");
        assertEquals(
                List.of("withdraw address id 0", "destroy subflow 10.0.1.2:40000 -> 10.9.0.1:443"),
                connection.commands());
        connection.close(connection.subflows().get(0), 0);
        connection.addLocal("10.0.1.2", "wan1");
        assertEquals(List.of("create subflow 10.0.1.2 -> 10.9.0.1:443"), connection.commands());
    }

    @Test
    void shouldSayNothingOfAnAddressThatWasNeverUsed() {
        giveEstablished();
        connection.addLocal("2001:db8::2", "wan1");
        connection.removeLocal("2001:db8::2");
        assertEquals(NOTHING, connection.commands());
    }

    @Test
    void shouldCloseTheSubflowsToAWithdrawnAddress() {
        giveEstablished();
        connection.announceRemote(3, "10.9.0.2:443");
        connection.commands();
        connection.join();
        Subflow toAnnounced = connection.join();
        connection.withdrawRemote(3);
        assertTrue(connection.commands().contains("destroy subflow " + toAnnounced.tuple()));
    }

    @ParameterizedTest
    @CsvSource({"104, 1", "110, 1", "111, 30", "0, 30", "101, 10", "113, 10"})
    void shouldRetryAfterATimeThatFitsTheError(int errno, int seconds) {
        giveEstablished();
        connection.close(connection.join(), errno);
        connection.pass(Duration.ofSeconds(seconds).minusMillis(1));
        assertEquals(NOTHING, connection.commands());
        connection.pass(Duration.ofMillis(1));
        assertEquals(List.of(SECOND), connection.commands());
    }

    @Test
    void shouldWaitLongerAfterEachTimeOutInARow() {
        giveEstablished();
        for (int seconds : new int[] {1, 2, 4, 8, 16, 32, 60, 60}) {
            connection.close(connection.subflows().get(1), 110);
            connection.pass(Duration.ofSeconds(seconds).minusMillis(1));
            assertEquals(NOTHING, connection.commands());
            connection.pass(Duration.ofMillis(1));
            assertEquals(List.of(SECOND), connection.commands());
        }
    }

    @Test
    void shouldCountFromOneAgainOnceASubflowWorked() {
        giveEstablished();
        connection.close(connection.subflows().get(1), 110);
        connection.pass(Duration.ofSeconds(1));
        connection.close(connection.join(), 110);
        connection.commands();
        connection.pass(Duration.ofSeconds(1));
        assertEquals(List.of(SECOND), connection.commands());
    }

    @ParameterizedTest
    @CsvSource({"3", "6"})
    void shouldLeaveAPathAloneThatDoesNotCarryMptcp(int resetReason) {
        giveEstablished();
        connection.close(connection.join(), new CloseCause(104, resetReason, false));
        connection.pass(Duration.ofDays(1));
        assertEquals(NOTHING, connection.commands());
    }

    @Test
    void shouldTryAnewAtOnceWhenTheLineIsNew() {
        giveEstablished();
        connection.close(connection.join(), new CloseCause(104, 6, false));
        connection.removeLocal("10.0.2.2");
        connection.addLocal("10.0.2.2", "wan2");
        assertEquals(List.of(SECOND), connection.commands());
    }

    @Test
    void shouldTryAgainWhatTheKernelRefused() {
        give(false, 8, false);
        connection.answer(command -> new Outcome.Refused(101, "", -1, -1, "no route"));
        connection.establish();
        connection.commands();
        connection.answer(command -> Outcome.Accepted.ACCEPTED);
        connection.pass(Duration.ofSeconds(10));
        assertEquals(List.of(SECOND), connection.commands());
    }

    @Test
    void shouldAnnounceWhatThePeerDoesNotKnowOnce() {
        give(true, 8, false);
        connection.establish();
        connection.addLocal("10.0.3.2", "wan3");
        assertEquals(
                List.of(SECOND, "announce 10.0.2.2", "create subflow 10.0.3.2 -> 10.9.0.1:443", "announce 10.0.3.2"),
                connection.commands());
    }

    @Test
    void shouldNotJoinClientsUnlessToldTo() {
        FakeConnection accepted =
                FakeConnection.server("10.9.0.1", "10.0.1.2:40000").with("10.9.0.1", "eth0");
        give(accepted, false, 8, false);
        accepted.establish();
        accepted.announceRemote(2, "10.0.2.2:40000");
        assertEquals(NOTHING, accepted.commands());

        FakeConnection open =
                FakeConnection.server("10.9.0.1", "10.0.1.2:40000").with("10.9.0.1", "eth0");
        give(open, false, 8, true);
        open.establish();
        open.announceRemote(2, "10.0.2.2:40000");
        assertEquals(List.of("create subflow 10.9.0.1 -> 10.0.2.2:40000"), open.commands());
    }
}
