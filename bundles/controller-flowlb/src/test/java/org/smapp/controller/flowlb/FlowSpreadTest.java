package org.smapp.controller.flowlb;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.smapp.api.Outcome;
import org.smapp.api.Subflow;
import org.smapp.api.controller.ConnectionHandler;
import org.smapp.testkit.controller.FakeConnection;

final class FlowSpreadTest {

    private static final List<String> NOTHING = List.of();
    private static final String ANOTHER = "create subflow 10.0.1.2 -> 10.9.0.1:443";
    private static final Duration LOOK = Duration.ofMillis(200);

    private final FakeConnection connection =
            FakeConnection.client("10.0.1.2", "10.9.0.1:443").with("10.0.1.2", "wan1");
    private long seconds;

    private static void give(FakeConnection connection, int subflows) {
        give(connection, subflows, subflows);
    }

    private static void give(FakeConnection connection, int subflows, int most) {
        connection.givenTo(given -> new FlowSpread(given, subflows, most, new Rates(70)).begin(LOOK));
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

    /** Lets each subflow carry so many bytes in each look. */
    private void carry(int looks, double busy, long... bytes) {
        for (int i = 0; i < looks; i++) {
            seconds++;
            for (int which = 0; which < bytes.length; which++) {
                connection
                        .figures(subflow(which))
                        .bytesAcknowledged(seconds * bytes[which])
                        .busyUs((long) (seconds * LOOK.toNanos() / 1_000 * (which == 0 ? busy : 1)));
            }
            connection.pass(LOOK);
        }
    }

    private static String destroy(Subflow subflow) {
        return "destroy subflow " + subflow.tuple();
    }

    @Test
    void shouldReplaceTheSlowest() {
        giveThree();
        carry(5, 1, 100, 200, 200);
        Subflow slowest = subflow(0);
        assertEquals(List.of(destroy(slowest)), connection.commands());
        assertEquals(
                "the slowest subflow has 50 % of the fastest one's rate",
                connection.reasons().get(2));
        connection.close(slowest, 0);
        connection.pass(Duration.ofMillis(300));
        assertEquals(List.of(ANOTHER), connection.commands());
    }

    @Test
    void shouldOpenMoreBeforeItClosesAny() {
        give(connection, 2, 4);
        connection.establish();
        connection.join();
        connection.commands();
        carry(5, 1, 100, 200);
        assertEquals(List.of(ANOTHER, ANOTHER), connection.commands());
    }

    @Test
    void shouldLetASubflowLiveForAWhileBeforeItIsJudged() {
        giveThree();
        carry(3, 1, 100, 200, 200);
        assertEquals(NOTHING, connection.commands());
    }

    @Test
    void shouldReplaceMoreSeldomWhenItBringsNothing() {
        giveThree();
        for (int looks : new int[] {5, 20, 80}) {
            carry(looks - 1, 1, 100, 200, 200);
            assertEquals(NOTHING, connection.commands());
            carry(1, 1, 100, 200, 200);
            assertEquals(List.of(destroy(subflow(0))), connection.commands());
        }
    }

    @Test
    void shouldLeaveSubflowsAloneThatDoEquallyWell() {
        giveThree();
        carry(50, 1, 150, 200, 200);
        assertEquals(NOTHING, connection.commands());
    }

    @Test
    void shouldNotBlameAPathForAnApplicationThatPauses() {
        giveThree();
        carry(50, 0.3, 10, 200, 200);
        assertEquals(NOTHING, connection.commands());
    }

    @Test
    void shouldLeaveAnIdleConnectionAlone() {
        giveThree();
        carry(50, 1);
        assertEquals(NOTHING, connection.commands());
    }

    @Test
    void shouldCloseTheSlowestOfTooMany() {
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
        carry(6, 1, 200, 100, 200);
        assertEquals(List.of(destroy(subflow(1))), connection.commands());
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
        giveThree();
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
