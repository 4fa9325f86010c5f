package org.smapp.controller.streaming;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.smapp.api.Outcome;
import org.smapp.api.Subflow;
import org.smapp.testkit.controller.FakeConnection;

final class SecondLineTest {

    private static final List<String> NOTHING = List.of();
    private static final String OPEN_FIRST = "create subflow 10.0.1.2 -> 10.9.0.1:443";
    private static final String OPEN_SECOND = "create subflow 10.0.2.2 -> 10.9.0.1:443";
    private static final int BLOCK = 64_000;

    private final FakeConnection connection = FakeConnection.client("10.0.1.2", "10.9.0.1:443")
            .with("10.0.1.2", "wan1")
            .with("10.0.2.2", "wan2");
    private long written = Long.MAX_VALUE - BLOCK; // sequence numbers begin anywhere

    private void giveEstablished(int blockBytes) {
        figures(0);
        connection.set("blockBytes", blockBytes).givenTo(new Streaming());
        connection.establish();
        pass(1_000);
        assertEquals(NOTHING, connection.commands());
    }

    private void figures(long outstanding) {
        connection.figures().writeSequence(written).unacknowledgedSequence(written - outstanding);
    }

    private void pass(long ms) {
        connection.pass(Duration.ofMillis(ms));
    }

    /** The application writes a block of which this much has not arrived. */
    private void write(int bytes, long outstanding) {
        written += bytes;
        figures(outstanding);
        pass(50);
    }

    private Subflow first() {
        return connection.subflows().get(0);
    }

    private static String destroy(Subflow subflow) {
        return "destroy subflow " + subflow.tuple();
    }

    @Test
    void shouldUseOneLineWhileBlocksArrive() {
        giveEstablished(0);
        for (int i = 0; i < 60; i++) {
            write(BLOCK, BLOCK);
            pass(100);
            figures(0);
            pass(850);
        }
        assertEquals(NOTHING, connection.commands());
    }

    @Test
    void shouldTakeAnotherLineForABlockThatIsLate() {
        giveEstablished(0);
        write(BLOCK, BLOCK);
        figures(40_000);
        pass(499);
        assertEquals(NOTHING, connection.commands());
        pass(1);
        assertEquals(List.of(OPEN_SECOND), connection.commands());
        assertEquals(List.of("only 24000 of 64000 bytes had arrived after 500 ms"), connection.reasons());
        pass(100);
        assertEquals(NOTHING, connection.commands(), "one block is late once");
    }

    @Test
    void shouldTakeAnotherLineForABlockThatIsNotComplete() {
        giveEstablished(0);
        write(BLOCK, 10_000);
        pass(599);
        assertEquals(NOTHING, connection.commands());
        pass(1);
        assertEquals(List.of(OPEN_SECOND), connection.commands());
    }

    @Test
    void shouldCompareWithTheConfiguredSize() {
        giveEstablished(4 * BLOCK);
        write(BLOCK, 0);
        pass(500);
        assertEquals(List.of(OPEN_SECOND), connection.commands());
    }

    @Test
    void shouldCloseTheLineOnWhichDataStillWaits() {
        giveEstablished(0);
        write(BLOCK, BLOCK);
        pass(500);
        connection.commands();
        Subflow slow = first();
        connection.join();
        assertEquals(List.of(destroy(slow)), connection.commands());
    }

    @Test
    void shouldKeepBothLinesIfTheBlockArrivesMeanwhile() {
        giveEstablished(0);
        write(BLOCK, BLOCK);
        pass(500);
        connection.commands();
        figures(0);
        connection.join();
        assertEquals(NOTHING, connection.commands());
    }

    @Test
    void shouldThenCloseTheOneThatLosesMore() {
        shouldKeepBothLinesIfTheBlockArrivesMeanwhile();
        connection.figures(first()).bytesSent(100_000).bytesRetransmitted(30_000);
        connection.figures(connection.subflows().get(1)).bytesSent(10_000).bytesRetransmitted(100);
        pass(1_000);
        write(BLOCK, BLOCK);
        pass(500);
        assertEquals(List.of(destroy(first())), connection.commands());
    }

    @Test
    void shouldLeaveASubflowWhoseTimeOutGrows() {
        giveEstablished(0);
        connection.timeOut(first(), 800, 2);
        assertEquals(NOTHING, connection.commands());
        connection.timeOut(first(), 1_600, 3);
        assertEquals(List.of(OPEN_SECOND), connection.commands());
        figures(1);
        Subflow slow = first();
        connection.join();
        assertEquals(List.of(destroy(slow)), connection.commands());
    }

    @Test
    void shouldLeaveALineThatIsGone() {
        giveEstablished(0);
        Subflow old = first();
        connection.removeLocal("10.0.1.2");
        assertEquals(List.of(OPEN_SECOND), connection.commands());
        connection.join();
        assertEquals(List.of("withdraw address id 0", destroy(old)), connection.commands());
    }

    @Test
    void shouldReplaceTheOnlySubflowWhenItsLineComesBack() {
        giveEstablished(0);
        connection.removeLocal("10.0.2.2");
        connection.removeLocal("10.0.1.2");
        assertEquals(NOTHING, connection.commands());
        Subflow old = first();
        connection.addLocal("10.0.1.2", "wan1");
        assertEquals(List.of(OPEN_FIRST), connection.commands());
        connection.join();
        assertEquals(List.of(destroy(old)), connection.commands());
    }

    @Test
    void shouldOpenAnotherSubflowWhenTheLastEnds() {
        giveEstablished(0);
        connection.close(first(), 104);
        pass(199);
        assertEquals(NOTHING, connection.commands());
        pass(21);
        assertEquals(List.of(OPEN_FIRST), connection.commands());
    }

    @Test
    void shouldGoOnTryingWhenNothingIsLeft() {
        giveEstablished(0);
        connection.answer(command -> new Outcome.Refused(101, "", -1, -1, "no route"));
        connection.close(first(), 104);
        pass(220);
        assertEquals(List.of(OPEN_FIRST, OPEN_SECOND), connection.commands());
        connection.answer(command -> Outcome.Accepted.ACCEPTED);
        pass(440);
        assertEquals(1, connection.commands().size());
    }

    @Test
    void shouldTryAtOnceWhenALineComesBackAndNothingIsLeft() {
        giveEstablished(0);
        connection.removeLocal("10.0.2.2");
        connection.removeLocal("10.0.1.2");
        connection.close(first(), 110);
        connection.addLocal("10.0.1.2", "wan1");
        assertEquals(List.of(OPEN_FIRST), connection.commands());
    }

    @Test
    void shouldDoNothingWithoutAnotherLine() {
        FakeConnection single =
                FakeConnection.client("10.0.1.2", "10.9.0.1:443").with("10.0.1.2", "wan1");
        single.givenTo(new Streaming());
        single.establish();
        single.timeOut(single.subflows().get(0), 1_600, 3);
        assertEquals(NOTHING, single.commands());
    }

    @Test
    void shouldLeaveItToTheClient() {
        FakeConnection accepted =
                FakeConnection.server("10.9.0.1", "10.0.1.2:40000").with("10.9.0.1", "eth0");
        accepted.givenTo(new Streaming());
        accepted.establish();
        accepted.timeOut(accepted.subflows().get(0), 1_600, 3);
        accepted.removeLocal("10.9.0.1");
        accepted.close(accepted.subflows().get(0), 104);
        accepted.pass(Duration.ofMinutes(1));
        assertEquals(NOTHING, accepted.commands());
    }
}
