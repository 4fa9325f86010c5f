package org.smapp.controller.backup;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.smapp.api.Subflow;
import org.smapp.api.event.SubflowTimeout;
import org.smapp.testkit.controller.FakeConnection;
import org.smapp.testkit.controller.SubflowInfoBuilder;

final class LineWatchTest {

    private static final Optional<String> WELL = Optional.empty();
    private static final int MANY_LOOKS = 20;
    private static final int LINE_RATE = 62_500;

    private final FakeConnection connection = FakeConnection.client("10.0.1.2", "10.9.0.1:443");
    private final Subflow subflow = connection.subflows().get(0);
    private final SubflowInfoBuilder figures =
            connection.figures(subflow).rttUs(20_000).unacknowledgedSegments(20);
    private final LineWatch watch = new LineWatch(() -> connection.settings(Backup.Settings.class));
    private long sent;
    private long acknowledged;
    private long again;

    private Optional<String> look() {
        figures.bytesSent(sent).bytesAcknowledged(acknowledged).bytesRetransmitted(again);
        return watch.judge(connection.info(subflow).orElseThrow());
    }

    private Optional<String> carry(long bytesSent, long bytesAcknowledged, long bytesAgain) {
        sent += bytesSent;
        acknowledged += bytesAcknowledged;
        again += bytesAgain;
        return look();
    }

    private void carryWell() {
        for (int i = 0; i < MANY_LOOKS; i++) {
            assertEquals(WELL, carry(LINE_RATE, LINE_RATE, 0));
        }
    }

    @Test
    void shouldFindNothingWrongWithALineThatDelivers() {
        carryWell();
    }

    @Test
    void shouldFindNothingWrongWithSilenceWhenNothingIsUnderWay() {
        figures.unacknowledgedSegments(0);
        for (int i = 0; i < MANY_LOOKS; i++) {
            assertEquals(WELL, look());
        }
    }

    @Test
    void shouldNoticeSilenceSoonerTheMoreIsUnderWay() {
        figures.rttUs(100_000);
        for (int i = 0; i < 3; i++) {
            assertEquals(WELL, look());
        }
        assertEquals(Optional.of("no answer for 300 ms with a round-trip time of 100 ms"), look());
    }

    @Test
    void shouldWaitARoundTripLongerForASingleSegment() {
        figures.unacknowledgedSegments(1).rttUs(100_000);
        for (int i = 0; i < 4; i++) {
            assertEquals(WELL, look());
        }
        assertEquals(Optional.of("no answer for 400 ms with a round-trip time of 100 ms"), look());
    }

    @Test
    void shouldGiveARetransmissionTimeForItsAnswer() {
        connection.set("timeoutMs", 60_000).set("silenceMs", 60_000);
        figures.rttUs(250_000).consecutiveTimeouts(1);
        for (int i = 0; i < 4; i++) {
            assertEquals(WELL, look());
        }
        assertEquals(Optional.of("no answer for 400 ms, and none after a time-out"), look());
    }

    @Test
    void shouldForgetATimeOutThatWasAnswered() {
        figures.consecutiveTimeouts(1);
        carryWell();
    }

    @Test
    void shouldNoticeLossThatHurts() {
        carryWell();
        Optional<String> reason = WELL;
        int looks = 0;
        for (; reason.isEmpty() && looks < MANY_LOOKS; looks++) {
            reason = carry(14_000, 9_000, 4_200);
        }
        assertEquals(Optional.of("30 % of what was sent got lost, and less than half arrives"), reason);
        assertEquals(5, looks);
    }

    @Test
    void shouldNotBlameALineForAQueueThatOverflows() {
        carryWell();
        for (int i = 0; i < MANY_LOOKS; i++) {
            assertEquals(WELL, carry(90_000, LINE_RATE, 27_500));
        }
    }

    @Test
    void shouldNotJudgeByAFewSegments() {
        figures.unacknowledgedSegments(2);
        for (int i = 0; i < MANY_LOOKS; i++) {
            assertEquals(WELL, carry(2_000, 2_000, 0));
        }
        for (int i = 0; i < MANY_LOOKS; i++) {
            assertEquals(WELL, carry(1_400, 700, 700));
        }
    }

    @Test
    void shouldFailAtALongOrARepeatedTimeOutOnly() {
        assertEquals(WELL, watch.judge(new SubflowTimeout(connection.token(), subflow.tuple(), 240, 1, false)));
        assertEquals(
                Optional.of("no answer for 480 ms, 2 times in a row"),
                watch.judge(new SubflowTimeout(connection.token(), subflow.tuple(), 480, 2, false)));
        assertEquals(
                Optional.of("no answer for 1000 ms, 1 times in a row"),
                watch.judge(new SubflowTimeout(connection.token(), subflow.tuple(), 1_000, 1, false)));
    }
}
