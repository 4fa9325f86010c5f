package org.smapp.testkit.lab;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.smapp.testkit.lab.WireModel.Verdict;

class WireModelTest {

    private static final long MS = 1_000_000;
    private static final int FRAME = 1000; // 1 ms at 8 Mbit/s
    private static final Shape EIGHT_MEGABITS = new Shape(8_000_000, Duration.ofMillis(10), 5 * FRAME, 0);

    private final WireModel wire = new WireModel(EIGHT_MEGABITS, 1);

    @Test
    void shouldDeliverAfterSerialisationAndDelay() {
        assertEquals(Verdict.CARRIED, wire.offer(5 * MS, FRAME));

        assertEquals(16 * MS, wire.nextEventNanos());
        assertFalse(wire.takeArrived(16 * MS - 1));
        assertTrue(wire.takeArrived(16 * MS));
        assertEquals(WireModel.NEVER, wire.nextEventNanos());
    }

    @Test
    void shouldPutFramesOnTheWireOneAfterTheOther() {
        wire.offer(0, FRAME);
        wire.offer(0, 2 * FRAME);
        wire.offer(20 * MS, FRAME);

        assertEquals(List.of(11 * MS, 13 * MS, 31 * MS), arrivals());
    }

    @Test
    void shouldRoundSerialisationUpToWholeNanoseconds() {
        WireModel thirds = new WireModel(new Shape(3, Duration.ZERO, FRAME, 0), 1);
        thirds.offer(0, 1);

        assertEquals(2_666_666_667L, thirds.nextEventNanos());
    }

    @Test
    void shouldDropWhatFindsTheQueueFull() {
        for (int i = 0; i < 5; i++) {
            assertEquals(Verdict.CARRIED, wire.offer(0, FRAME));
        }
        assertEquals(Verdict.QUEUE_FULL, wire.offer(0, 1));
        assertEquals(5 * FRAME, wire.queuedBytes(0));
        assertEquals(Verdict.QUEUE_FULL, wire.offer(MS - 1, FRAME), "the first frame is still in transmission");
        assertEquals(Verdict.CARRIED, wire.offer(MS, FRAME));
        assertEquals(6, arrivals().size());
    }

    @Test
    void shouldTakeAnyFrameIntoAnEmptyQueue() {
        WireModel narrow = new WireModel(EIGHT_MEGABITS.withQueue(1), 1);

        assertEquals(Verdict.CARRIED, narrow.offer(0, FRAME));
        assertEquals(Verdict.QUEUE_FULL, narrow.offer(0, FRAME));
        assertEquals(Verdict.CARRIED, narrow.offer(MS, FRAME));
    }

    @Test
    void shouldNotQueueWithoutARate() {
        WireModel fast = new WireModel(new Shape(0, Duration.ofMillis(3), 1, 0), 1);
        fast.offer(MS, FRAME);
        fast.offer(MS, FRAME);

        assertEquals(0, fast.queuedBytes(MS));
        assertTrue(fast.takeArrived(4 * MS));
        assertTrue(fast.takeArrived(4 * MS));
        assertFalse(fast.takeArrived(4 * MS));
    }

    @Test
    void shouldSpendTheLinesTimeOnLostFrames() {
        wire.reshape(0, EIGHT_MEGABITS.withLoss(1));
        assertEquals(Verdict.LOST, wire.offer(0, FRAME));
        wire.reshape(0, EIGHT_MEGABITS);
        assertEquals(Verdict.CARRIED, wire.offer(0, FRAME));

        assertEquals(List.of(12 * MS), arrivals());
    }

    @Test
    void shouldLoseTheSameFramesForTheSameSeed() {
        List<Verdict> first = verdicts(7, 10_000);

        assertEquals(first, verdicts(7, 10_000));
        assertNotEquals(first, verdicts(8, 10_000));
        long lost = first.stream().filter(Verdict.LOST::equals).count();
        assertTrue(lost > 2_800 && lost < 3_200, lost + " of 10000 lost, expected about 3000");
    }

    private static List<Verdict> verdicts(long seed, int frames) {
        WireModel lossy = new WireModel(new Shape(0, Duration.ZERO, 0, 0.3), seed);
        List<Verdict> verdicts = new ArrayList<>();
        for (int i = 0; i < frames; i++) {
            verdicts.add(lossy.offer(i, FRAME));
            lossy.takeArrived(i);
        }
        return verdicts;
    }

    @Test
    void shouldApplyANewRateToTheRestOfTheFrameInTransmissionAndToTheQueue() {
        wire.offer(0, FRAME);
        wire.offer(0, FRAME);
        wire.reshape(MS / 2, EIGHT_MEGABITS.withRate(4_000_000));

        assertEquals(List.of(11 * MS + MS / 2, 13 * MS + MS / 2), arrivals());
    }

    @Test
    void shouldEmptyTheQueueAtOnceWhenTheRateIsLifted() {
        wire.offer(0, FRAME);
        wire.offer(0, FRAME);
        wire.reshape(MS / 2, EIGHT_MEGABITS.withRate(0));

        assertEquals(List.of(10 * MS + MS / 2, 10 * MS + MS / 2), arrivals());
    }

    @Test
    void shouldKeepTheOrderWhenTheDelayShrinks() {
        wire.offer(0, FRAME); // on the wire at 1 ms, there at 11 ms
        wire.reshape(2 * MS, EIGHT_MEGABITS.withDelay(Duration.ZERO));
        wire.offer(2 * MS, FRAME); // on the wire at 3 ms

        assertEquals(List.of(11 * MS, 11 * MS), arrivals());
    }

    @Test
    void shouldForgetWhatIsUnderWayWhenCut() {
        wire.offer(0, FRAME);
        wire.offer(0, FRAME);
        wire.takeArrived(MS);

        assertEquals(2, wire.cut(MS));
        assertEquals(WireModel.NEVER, wire.nextEventNanos());
        wire.offer(2 * MS, FRAME);
        assertEquals(List.of(13 * MS), arrivals());
    }

    @Test
    void shouldBoundTheFramesUnderWay() {
        WireModel far = new WireModel(new Shape(0, Duration.ofHours(1), 0, 0), 1);
        for (int i = 0; i < WireModel.MOST_FRAMES; i++) {
            assertEquals(Verdict.CARRIED, far.offer(i, FRAME));
        }
        assertEquals(Verdict.QUEUE_FULL, far.offer(WireModel.MOST_FRAMES, FRAME));
    }

    @Test
    void shouldGrowWithoutMixingFramesUp() {
        WireModel growing = new WireModel(new Shape(0, Duration.ofMillis(1), 0, 0), 1);
        long now = 0;
        for (; now < 200; now++) {
            growing.offer(now, FRAME);
        }
        for (int i = 0; i < 150; i++) {
            assertTrue(growing.takeArrived(MS + i));
        }
        for (now = MS + 150; now < MS + 1000; now++) {
            growing.offer(now, FRAME);
        }
        for (int i = 150; i < 200; i++) {
            assertEquals(MS + i, growing.nextEventNanos());
            assertTrue(growing.takeArrived(MS + i + 2000));
        }
        for (int i = 150; i < 1000; i++) {
            assertEquals(2 * MS + i, growing.nextEventNanos());
            assertTrue(growing.takeArrived(2 * MS + i));
        }
    }

    private List<Long> arrivals() {
        List<Long> arrivals = new ArrayList<>();
        for (long next = wire.nextEventNanos(); next != WireModel.NEVER; next = wire.nextEventNanos()) {
            if (wire.takeArrived(next)) {
                arrivals.add(next);
            }
        }
        return arrivals;
    }
}
