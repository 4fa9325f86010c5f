package org.smapp.controller.backup;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.smapp.api.Outcome;
import org.smapp.api.Subflow;
import org.smapp.api.TransportAddress;
import org.smapp.api.controller.ConnectionHandler;
import org.smapp.testkit.controller.FakeConnection;

final class FailoverTest {

    private static final List<String> NOTHING = List.of();
    private static final String OPEN_FIRST = "create subflow 10.0.1.2 -> 10.9.0.1:443";
    private static final String OPEN_SECOND = "create subflow 10.0.2.2 -> 10.9.0.1:443";
    private static final String OPEN_THIRD = "create subflow 10.0.3.2 -> 10.9.0.1:443";
    private static final String AS_BACKUP = " as backup";
    private static final Duration HOLD = Duration.ofSeconds(10);

    private final FakeConnection connection =
            FakeConnection.client("10.0.1.2", "10.9.0.1:443").with("10.0.1.2", "wan1");

    private static void give(FakeConnection connection, boolean standby) {
        connection.set("standby", standby).givenTo(new Backup());
    }

    private void giveEstablished() {
        connection.with("10.0.2.2", "wan2");
        give(connection, false);
        connection.establish();
        assertEquals(NOTHING, connection.commands());
    }

    private Subflow first() {
        return connection.subflows().get(0);
    }

    private static String destroy(Subflow subflow) {
        return "destroy subflow " + subflow.tuple();
    }

    private static String clear(Subflow subflow) {
        return "clear backup on " + subflow.tuple();
    }

    /** Brings the connection to its second line. */
    private Subflow failOver() {
        giveEstablished();
        Subflow old = first();
        connection.timeOut(old, 480, 2);
        Subflow taken = connection.join();
        connection.close(old, 0);
        connection.commands();
        return taken;
    }

    @Test
    void shouldLeaveTheSecondLineAloneWhileTheFirstIsWell() {
        giveEstablished();
        connection.timeOut(first(), 220, 1);
        connection.pass(Duration.ofMinutes(10));
        assertEquals(NOTHING, connection.commands());
    }

    @Test
    void shouldTakeTheNextLineAndThenCloseTheFailedOne() {
        giveEstablished();
        connection.timeOut(first(), 480, 2);
        connection.timeOut(first(), 960, 3);
        assertEquals(List.of(OPEN_SECOND), connection.commands());
        assertEquals(List.of("no answer for 480 ms, 2 times in a row"), connection.reasons());
        connection.join();
        assertEquals(List.of("withdraw address id 0", destroy(first())), connection.commands());
    }

    @Test
    void shouldNoticeByItselfThatALineGoesSilent() {
        giveEstablished();
        connection.figures(first()).unacknowledgedSegments(20).rttUs(20_000);
        connection.pass(Duration.ofMillis(399));
        assertEquals(NOTHING, connection.commands());
        connection.pass(Duration.ofMillis(1));
        assertEquals(List.of(OPEN_SECOND), connection.commands());
    }

    @Test
    void shouldStayWhereItIsWithoutAnotherLine() {
        give(connection, false);
        connection.establish();
        connection.timeOut(first(), 480, 2);
        connection.removeLocal("10.0.1.2");
        assertEquals(NOTHING, connection.commands());
        connection.addLocal("10.0.2.2", "wan2");
        assertEquals(List.of(OPEN_SECOND), connection.commands());
    }

    @Test
    void shouldActAtOnceWhenTheLineIsGone() {
        giveEstablished();
        Subflow old = first();
        connection.removeLocal("10.0.1.2");
        assertEquals(List.of(OPEN_SECOND), connection.commands());
        connection.join();
        assertEquals(List.of("withdraw address id 0", destroy(old)), connection.commands());
    }

    @Test
    void shouldTakeTheNextLineWhenTheSubflowEnds() {
        giveEstablished();
        connection.close(first(), 104);
        assertEquals(List.of(OPEN_SECOND), connection.commands());
    }

    @Test
    void shouldGoOnToTheThirdLineWhenTheSecondDoesNotAnswer() {
        giveEstablished();
        connection.with("10.0.3.2", "wan3");
        connection.timeOut(first(), 480, 2);
        connection.pass(Duration.ofSeconds(2));
        assertEquals(List.of(OPEN_SECOND, OPEN_THIRD), connection.commands());
    }

    @Test
    void shouldGoOnToTheThirdLineWhenTheSecondRefuses() {
        giveEstablished();
        connection.with("10.0.3.2", "wan3");
        connection.timeOut(first(), 480, 2);
        connection.close(connection.subflows().get(1), 111);
        assertEquals(List.of(OPEN_SECOND, OPEN_THIRD), connection.commands());
    }

    @Test
    void shouldGoOnToTheThirdLineWhenTheKernelRefuses() {
        giveEstablished();
        connection.with("10.0.3.2", "wan3");
        connection.answer(command -> command.toString().contains("10.0.2.2")
                ? new Outcome.Refused(101, "", -1, -1, "no route")
                : Outcome.Accepted.ACCEPTED);
        connection.timeOut(first(), 480, 2);
        assertEquals(List.of(OPEN_SECOND, OPEN_THIRD), connection.commands());
    }

    @Test
    void shouldGoOnWhenTheNextLineGoesAsWell() {
        giveEstablished();
        connection.with("10.0.3.2", "wan3");
        connection.timeOut(first(), 480, 2);
        connection.removeLocal("10.0.2.2");
        assertEquals(List.of(OPEN_SECOND, OPEN_THIRD), connection.commands());
    }

    @Test
    void shouldGoBackAfterFiveTrialsInARow() {
        Subflow taken = failOver();
        connection.pass(HOLD.minusMillis(1));
        assertEquals(NOTHING, connection.commands());
        connection.pass(Duration.ofMillis(1));
        Subflow first = null;
        for (int trial = 1; trial < 5; trial++) {
            assertEquals(List.of(OPEN_FIRST + AS_BACKUP), connection.commands());
            Subflow tried = connection.join();
            first = first == null ? tried : first;
            connection.pass(Duration.ofSeconds(1));
        }
        connection.commands();
        connection.join();
        List<String> commands = connection.commands();
        assertEquals(List.of(clear(first), "withdraw address id 1", destroy(taken)), commands.subList(0, 3));
        assertEquals(
                4,
                commands.stream()
                        .skip(3)
                        .filter(each -> each.startsWith("destroy"))
                        .count());
        connection.pass(Duration.ofMinutes(10));
        assertEquals(NOTHING, connection.commands());
    }

    @Test
    void shouldCloseAllTrialsTogetherWhenOneFails() {
        failOver();
        connection.pass(HOLD);
        Subflow first = connection.join();
        connection.pass(Duration.ofSeconds(1));
        connection.commands();
        connection.close(connection.subflows().get(2), 110);
        assertEquals(List.of(destroy(first)), connection.commands());
        connection.close(first, 0);
        connection.pass(HOLD.minusMillis(1));
        assertEquals(NOTHING, connection.commands());
        connection.pass(Duration.ofMillis(1));
        assertEquals(List.of(OPEN_FIRST + AS_BACKUP), connection.commands());
    }

    @Test
    void shouldWaitLongerAfterEachSeriesOfTrialsThatFails() {
        failOver();
        connection.pass(HOLD);
        for (int pause : new int[] {1, 2, 4, 8, 16, 16}) {
            connection.close(connection.subflows().get(1), 110);
            connection.commands();
            connection.pass(HOLD.multipliedBy(pause).minusMillis(1));
            assertEquals(NOTHING, connection.commands());
            connection.pass(Duration.ofMillis(1));
            assertEquals(List.of(OPEN_FIRST + AS_BACKUP), connection.commands());
        }
    }

    @Test
    void shouldEndATrialThatIsNotAnswered() {
        failOver();
        connection.pass(HOLD.plusMillis(899));
        connection.commands();
        connection.pass(Duration.ofMillis(101));
        assertEquals(List.of("destroy subflow 10.0.1.2:40002 -> 10.9.0.1:443"), connection.commands());
    }

    @Test
    void shouldTryAgainWhatTheKernelRefused() {
        failOver();
        connection.answer(command -> new Outcome.Refused(101, "", -1, -1, "no route"));
        connection.pass(HOLD);
        connection.answer(command -> Outcome.Accepted.ACCEPTED);
        connection.commands();
        connection.pass(HOLD);
        assertEquals(List.of(OPEN_FIRST + AS_BACKUP), connection.commands());
    }

    @Test
    void shouldTryAgainSoonWhenALineComesBack() {
        giveEstablished();
        Subflow old = first();
        connection.removeLocal("10.0.1.2");
        connection.join();
        connection.close(old, 0);
        connection.commands();
        connection.pass(Duration.ofMinutes(1));
        assertEquals(NOTHING, connection.commands());
        connection.addLocal("10.0.1.2", "wan1");
        connection.pass(HOLD);
        assertEquals(List.of(OPEN_FIRST + AS_BACKUP), connection.commands());
    }

    @Test
    void shouldKeepTheNextLineReadyIfItMay() {
        connection.with("10.0.2.2", "wan2");
        give(connection, true);
        connection.establish();
        assertEquals(List.of(OPEN_SECOND + AS_BACKUP), connection.commands());
        Subflow ready = connection.join();
        connection.timeOut(first(), 480, 2);
        assertEquals(List.of(clear(ready), "withdraw address id 0", destroy(first())), connection.commands());
    }

    @Test
    void shouldReplaceASubflowThatStoodBy() {
        connection.with("10.0.2.2", "wan2");
        give(connection, true);
        connection.establish();
        connection.close(connection.join(), 104);
        connection.commands();
        connection.pass(HOLD);
        assertEquals(List.of(OPEN_SECOND + AS_BACKUP), connection.commands());
    }

    @Test
    void shouldMarkWhatItTakesOverAndCloseNothing() {
        connection.with("10.0.2.2", "wan2").established();
        connection.givenTo(given -> new ConnectionHandler() {});
        TransportAddress remote = connection.remoteAddresses().get(0).at();
        connection.create(connection.localAddresses().get(1).address(), remote);
        Subflow second = connection.join();
        connection.commands();
        give(connection, false);
        assertEquals(List.of("set backup on " + second.tuple()), connection.commands());
    }

    @Test
    void shouldLeaveItToTheClient() {
        FakeConnection accepted =
                FakeConnection.server("10.9.0.1", "10.0.1.2:40000").with("10.9.0.1", "eth0");
        give(accepted, true);
        accepted.establish();
        accepted.removeLocal("10.9.0.1");
        accepted.addLocal("10.9.0.1", "eth0");
        accepted.timeOut(accepted.subflows().get(0), 2_000, 4);
        accepted.close(accepted.subflows().get(0), 104);
        assertEquals(NOTHING, accepted.commands());
    }
}
