package org.smapp.controller.fullmesh;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

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
    private static final int ATTEMPTS = 12;

    private final FakeConnection connection = FakeConnection.client("10.0.1.2", "10.9.0.1:443")
            .with("10.0.1.2", "wan1")
            .with("10.0.2.2", "wan2");

    private void give(boolean announce, int maxSubflows, boolean serverSide) {
        give(connection, announce, maxSubflows, serverSide);
    }

    private static void give(FakeConnection connection, boolean announce, int maxSubflows, boolean serverSide) {
        connection
                .set("announce", announce)
                .set("maxSubflows", maxSubflows)
                .set("serverSide", serverSide)
                .set("attempts", ATTEMPTS)
                .givenTo(new FullMesh());
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

    /** The kernel ends a connection that has no subflow, and TCP waits longer and longer before it tries the line again. */
    @Test
    void shouldKeepTheLastSubflowOfADeadLineUntilANewOneTakesItsPlace() {
        giveEstablished();
        connection.removeLocal("10.0.2.2");
        connection.close(connection.subflows().get(1), 113);
        Subflow old = connection.subflows().get(0);
        connection.removeLocal("10.0.1.2");
        assertEquals(NOTHING, connection.commands());
        connection.addLocal("10.0.1.2", "wan1");
        assertEquals(List.of("create subflow 10.0.1.2 -> 10.9.0.1:443"), connection.commands());
        connection.join();
        assertEquals(List.of("destroy subflow " + old.tuple()), connection.commands());
        connection.close(old, 0);
        connection.addLocal("10.0.2.2", "wan2");
        assertEquals(List.of(SECOND), connection.commands());
        connection.pass(Duration.ofMinutes(1));
        assertEquals(NOTHING, connection.commands());
    }

    @Test
    void shouldLeaveADeadLineWhenAnotherOneWorks() {
        giveEstablished();
        connection.removeLocal("10.0.1.2");
        assertEquals(NOTHING, connection.commands(), "the second subflow is connecting");
        connection.join();
        assertEquals(
                List.of("withdraw address id 0", "destroy subflow 10.0.1.2:40000 -> 10.9.0.1:443"),
                connection.commands());
    }

    @Test
    void shouldOpenAsManyAsItMayWithoutThoseOfADeadLine() {
        give(false, 1, false);
        connection.establish();
        connection.removeLocal("10.0.1.2");
        connection.addLocal("10.0.3.2", "wan3");
        assertEquals(List.of(SECOND), connection.commands());
    }

    @Test
    void shouldLeaveAConnectionAloneThatIsNotEstablishedYet() {
        give(false, 8, false);
        connection.removeLocal("10.0.1.2");
        connection.addLocal("10.0.1.2", "wan1");
        assertEquals(NOTHING, connection.commands());
        connection.establish();
        assertEquals(List.of(SECOND), connection.commands());
    }

    @Test
    void shouldTakeAnAddressBackThatItAnnounced() {
        give(true, 1, false);
        connection.establish();
        connection.removeLocal("10.0.2.2");
        assertEquals(List.of("announce 10.0.2.2", "withdraw address id 1"), connection.commands());
    }

    @Test
    void shouldKeepAStuckSubflowWhileTheOtherIsOnlyConnecting() {
        giveEstablished();
        connection.timeOut(connection.subflows().get(0), 900, 9);
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

    /** Nothing before {@code time}, and the second subflow at most a tenth later. */
    private void assertRetriedAfter(Duration time) {
        connection.pass(time.minusMillis(1));
        assertEquals(NOTHING, connection.commands());
        connection.pass(time.dividedBy(10).plusMillis(1));
        assertEquals(List.of(SECOND), connection.commands());
    }

    @ParameterizedTest
    @CsvSource({"104, 1000", "110, 1000", "111, 30000", "0, 250", "101, 1000", "113, 1000", "103, 1000"})
    void shouldRetryAfterATimeThatFitsTheError(int errno, int milliseconds) {
        giveEstablished();
        connection.close(connection.join(), errno);
        assertRetriedAfter(Duration.ofMillis(milliseconds));
    }

    @Test
    void shouldWaitLongerAfterEachTimeOutInARow() {
        giveEstablished();
        for (int seconds : new int[] {1, 2, 4, 8, 16, 32, 60, 60}) {
            connection.close(connection.subflows().get(1), 110);
            assertRetriedAfter(Duration.ofSeconds(seconds));
        }
    }

    @Test
    void shouldCountFromOneAgainOnceASubflowHasLived() {
        giveEstablished();
        connection.close(connection.subflows().get(1), 110);
        assertRetriedAfter(Duration.ofSeconds(1));
        Subflow lives = connection.join();
        connection.pass(Duration.ofSeconds(10));
        connection.close(lives, 110);
        assertRetriedAfter(Duration.ofSeconds(1));
    }

    @Test
    void shouldNotCountFromOneForASubflowThatOnlyBegan() {
        giveEstablished();
        connection.close(connection.subflows().get(1), 110);
        assertRetriedAfter(Duration.ofSeconds(1));
        connection.close(connection.join(), 110);
        assertRetriedAfter(Duration.ofSeconds(2));
    }

    @Test
    void shouldLeaveAPairAloneAfterTheLastAttempt() {
        giveEstablished();
        for (int attempt = 1; attempt < ATTEMPTS; attempt++) {
            connection.close(connection.subflows().get(1), 104);
            assertRetriedAfter(Duration.ofSeconds(1));
        }
        connection.close(connection.subflows().get(1), 104);
        connection.pass(Duration.ofDays(1));
        assertEquals(NOTHING, connection.commands());
    }

    @Test
    void shouldReplaceASubflowThatIsStuck() {
        giveEstablished();
        Subflow stuck = connection.join();
        connection.timeOut(stuck, 900, 2);
        assertEquals(NOTHING, connection.commands());
        connection.timeOut(stuck, 900, 3);
        assertEquals(List.of("destroy subflow " + stuck.tuple()), connection.commands());
        connection.close(stuck, 0);
        assertRetriedAfter(Duration.ofMillis(250));
    }

    @Test
    void shouldKeepTheOnlySubflowThereIsUntilAnotherWorks() {
        giveEstablished();
        connection.close(connection.join(), 110);
        Subflow stuck = connection.subflows().get(0);
        connection.timeOut(stuck, 900, 9);
        assertEquals(List.of("create subflow 10.0.1.2 -> 10.9.0.1:443"), connection.commands());
        connection.timeOut(stuck, 900, 10);
        assertEquals(NOTHING, connection.commands());
        connection.join();
        assertEquals(List.of("destroy subflow " + stuck.tuple()), connection.commands());
    }

    @Test
    void shouldOpenNewFlowsWhenAllStandStill() {
        giveEstablished();
        Subflow idle = connection.join();
        Subflow busy = connection.subflows().get(0);
        connection.timeOut(busy, 900, 3);
        assertEquals(List.of("destroy subflow " + busy.tuple()), connection.commands());
        connection.timeOut(idle, 900, 3);
        assertEquals(
                List.of("create subflow 10.0.1.2 -> 10.9.0.1:443", "create subflow 10.0.2.2 -> 10.9.0.1:443"),
                connection.commands());
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
        assertRetriedAfter(Duration.ofMillis(100));
        connection.answer(command -> Outcome.Accepted.ACCEPTED);
        connection.pass(Duration.ofMillis(220));
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
