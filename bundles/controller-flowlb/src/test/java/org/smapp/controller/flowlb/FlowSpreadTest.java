package org.smapp.controller.flowlb;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.smapp.api.Outcome;
import org.smapp.api.Subflow;
import org.smapp.api.TransportAddress;
import org.smapp.api.controller.ConnectionHandler;
import org.smapp.testkit.controller.FakeConnection;

final class FlowSpreadTest {

    private static final List<String> NOTHING = List.of();
    private static final String ANOTHER = "create subflow 10.0.1.2 -> 10.9.0.1:443";
    private static final Duration LOOK = Duration.ofMillis(70);

    private final FakeConnection connection =
            FakeConnection.client("10.0.1.2", "10.9.0.1:443").with("10.0.1.2", "wan1");
    private long look;

    private static void give(FakeConnection connection, int subflows) {
        give(connection, subflows, subflows);
    }

    private static void give(FakeConnection connection, int subflows, int most) {
        connection
                .set("subflows", subflows)
                .set("mostSubflows", most)
                .set("refreshMs", LOOK.multipliedBy(Paths.LOOKS).toMillis())
                .givenTo(new FlowLb());
    }

    /** Three subflows that work. */
    private void giveThree() {
        give(connection, 3);
        connection.establish();
        assertEquals(List.of(ANOTHER, ANOTHER), connection.commands());
        connection.join();
        connection.join();
    }

    private Subflow subflow(int which) {
        return connection.subflows().get(which);
    }

    /** Lets the subflows carry data over these paths, the later ones more of it; path 0 has no queue. */
    private void carry(int looks, int... paths) {
        for (int i = 0; i < looks; i++) {
            look++;
            for (int which = 0; which < paths.length; which++) {
                connection
                        .figures(subflow(which))
                        .bytesAcknowledged(look * (which + 1) * 1_000)
                        .busyUs(look * LOOK.toNanos() / 1_000)
                        .rttUs(50_000 + 10_000 * (look * paths[which] % 7));
            }
            connection.pass(LOOK);
        }
    }

    private static String park(Subflow subflow) {
        return "set backup on " + subflow.tuple();
    }

    private static String destroy(Subflow subflow) {
        return "destroy subflow " + subflow.tuple();
    }

    @Test
    void shouldOpenMoreWhileThereIsMuchToSend() {
        give(connection, 2, 4);
        connection.establish();
        connection.join();
        connection.commands();
        carry(4, 1, 2);
        assertEquals(NOTHING, connection.commands());
        carry(1, 1, 2);
        assertEquals(List.of(ANOTHER), connection.commands());
        carry(1, 1, 2);
        assertEquals(NOTHING, connection.commands(), "one at a time");
        connection.join();
        carry(1, 1, 2);
        assertEquals(List.of(ANOTHER), connection.commands());
        connection.join();
        carry(9, 1, 2, 3, 4);
        assertEquals(NOTHING, connection.commands());
    }

    @Test
    void shouldNotOpenMoreForAnIdleConnection() {
        give(connection, 2, 4);
        connection.establish();
        connection.join();
        connection.commands();
        connection.pass(LOOK.multipliedBy(50));
        assertEquals(NOTHING, connection.commands());
    }

    @Test
    void shouldGiveAnotherPortToASubflowThatSharesAPath() {
        giveThree();
        carry(10, 1, 2, 1);
        assertEquals(NOTHING, connection.commands());
        Subflow duplicate = subflow(2);
        connection.figures(duplicate).unsentBytes(1_000);
        carry(1, 1, 2, 1);
        assertEquals(List.of(park(duplicate)), connection.commands());
        assertEquals(
                "1 subflows share a path with a faster one",
                connection.reasons().get(2));
        carry(2, 1, 2, 1);
        assertEquals(NOTHING, connection.commands());
        connection.figures(duplicate).unsentBytes(0);
        carry(1, 1, 2, 1);
        assertEquals(List.of(destroy(duplicate)), connection.commands());
        connection.close(subflow(2), 0);
        carry(4, 1, 2);
        assertEquals(NOTHING, connection.commands());
        carry(1, 1, 2);
        assertEquals(List.of(ANOTHER), connection.commands());
    }

    @Test
    void shouldKeepTheFastestOfAPath() {
        giveThree();
        carry(11, 1, 2, 2);
        assertEquals(List.of(park(subflow(1))), connection.commands());
    }

    @Test
    void shouldCloseAfterAWhileWhatDoesNotRunDry() {
        giveThree();
        connection.figures(subflow(2)).unacknowledgedSegments(1);
        carry(11, 1, 2, 1);
        connection.commands();
        carry(9, 1, 2, 1);
        assertEquals(NOTHING, connection.commands());
        carry(1, 1, 2, 1);
        assertEquals(List.of(destroy(subflow(2))), connection.commands());
    }

    @Test
    void shouldLetDuplicatesRestAfterSomeRounds() {
        giveThree();
        for (int rest : new int[] {0, 0, 0, 90, 990, 990}) {
            carry(10, 1, 2, 2);
            assertEquals(NOTHING, connection.commands());
            carry(1, 1, 2, 2);
            assertEquals(List.of(park(subflow(1))), connection.commands());
            carry(rest, 1, 2, 2);
            assertEquals(NOTHING, connection.commands(), () -> "after " + rest);
            carry(1, 1, 2, 2);
            assertEquals(List.of(destroy(subflow(1))), connection.commands());
            connection.close(subflow(1), 0);
            carry(5, 1, 2);
            assertEquals(List.of(ANOTHER), connection.commands());
            connection.join();
        }
    }

    @Test
    void shouldLeaveSubflowsAloneThatHavePathsOfTheirOwn() {
        giveThree();
        carry(50, 1, 2, 3);
        assertEquals(NOTHING, connection.commands());
    }

    @Test
    void shouldNotJudgePathsWithoutAQueue() {
        giveThree();
        carry(50, 0, 0, 0);
        assertEquals(NOTHING, connection.commands());
    }

    @Test
    void shouldNotJudgeSubflowsThatPause() {
        giveThree();
        carry(50, 1);
        assertEquals(NOTHING, connection.commands());
    }

    @Test
    void shouldUseWhatAPredecessorHadParked() {
        connection.established();
        connection.givenTo(given -> new ConnectionHandler() {});
        Subflow first = subflow(0);
        connection.create(
                new TransportAddress(first.tuple().localAddress(), 0),
                connection.remoteAddresses().get(0).at(),
                true);
        connection.join();
        connection.commands();
        give(connection, 2);
        assertEquals(List.of("clear backup on " + subflow(1).tuple()), connection.commands());
    }

    @Test
    void shouldCloseWhatIsTooMany() {
        connection.established();
        connection.givenTo(given -> new ConnectionHandler() {});
        for (int i = 0; i < 2; i++) {
            connection.create(
                    subflow(0).tuple().localAddress(),
                    connection.remoteAddresses().get(0).at());
            connection.join();
        }
        give(connection, 2);
        connection.commands();
        carry(11, 1, 2, 2);
        assertEquals(List.of(park(subflow(1))), connection.commands());
        carry(1, 1, 2, 2);
        connection.close(subflow(1), 0);
        connection.commands();
        carry(50, 1, 2);
        assertEquals(NOTHING, connection.commands());
        connection.close(subflow(1), 104);
        connection.pass(Duration.ofMillis(1_100));
        assertEquals(List.of(ANOTHER), connection.commands());
    }

    @Test
    void shouldNotAskForMoreThanThePeerTakes() {
        giveThree();
        connection.close(subflow(0), 104);
        connection.pass(Duration.ofSeconds(2));
        assertEquals(NOTHING, connection.commands());
    }

    @Test
    void shouldReplaceWhatEnds() {
        giveThree();
        for (int seconds : new int[] {1, 2, 4, 8, 16, 32, 60, 60}) {
            connection.close(subflow(2), 104);
            connection.pass(Duration.ofSeconds(seconds).minusMillis(1));
            assertEquals(NOTHING, connection.commands());
            connection.pass(Duration.ofMillis(1 + seconds * 100));
            assertEquals(List.of(ANOTHER), connection.commands());
        }
        connection.join();
        connection.pass(Duration.ofMinutes(2));
        connection.close(subflow(2), 104);
        connection.pass(Duration.ofMillis(1_100));
        assertEquals(List.of(ANOTHER), connection.commands());
    }

    @Test
    void shouldReplaceWhatALineLeftWhenItComesBack() {
        give(connection, 3, 9);
        connection.establish();
        connection.join();
        connection.join();
        connection.commands();
        List<Subflow> old = connection.subflows();
        connection.removeLocal("10.0.1.2");
        assertEquals(NOTHING, connection.commands());
        connection.addLocal("10.0.1.2", "wan1");
        assertEquals(List.of(ANOTHER, ANOTHER, ANOTHER), connection.commands());
        connection.join();
        assertEquals(old.stream().map(FlowSpreadTest::destroy).toList(), connection.commands());
    }

    @Test
    void shouldTryAgainWhatTheKernelRefused() {
        give(connection, 2);
        connection.answer(command -> new Outcome.Refused(101, "", -1, -1, "no route"));
        connection.establish();
        connection.commands();
        connection.answer(command -> Outcome.Accepted.ACCEPTED);
        connection.pass(Duration.ofSeconds(2));
        assertEquals(List.of(ANOTHER), connection.commands());
    }

    @Test
    void shouldUseAnAnnouncedAddressWhenTheFirstIsDenied() {
        give(connection, 2);
        connection.withdrawRemote(0);
        connection.establish();
        assertEquals(NOTHING, connection.commands());
        connection.announceRemote(3, "10.9.0.2:443");
        assertEquals(List.of("create subflow 10.0.1.2 -> 10.9.0.2:443"), connection.commands());
    }

    @Test
    void shouldLeaveItToTheClient() {
        FakeConnection accepted =
                FakeConnection.server("10.9.0.1", "10.0.1.2:40000").with("10.9.0.1", "eth0");
        give(accepted, 5);
        accepted.establish();
        accepted.addLocal("10.9.0.2", "eth0");
        assertEquals(NOTHING, accepted.commands());
    }
}
