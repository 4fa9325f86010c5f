package org.smapp.core.measure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.smapp.api.measure.Measurements.Sample;
import org.smapp.api.measure.Measurements.Series;
import org.smapp.api.measure.SubflowInfo;
import org.smapp.testkit.lab.Deadline;

@Timeout(20)
final class SamplingTest {

    private static final Duration SHORT = Duration.ofMillis(20);
    private static final Duration SOON = Duration.ofSeconds(10);

    private final AtomicInteger asked = new AtomicInteger();
    private final Sampling sampling = new Sampling(this::ask, System::nanoTime);

    private List<SubflowInfo> ask() {
        asked.incrementAndGet();
        return List.of();
    }

    @AfterEach
    void close() {
        sampling.close();
    }

    @Test
    void shouldAskOnceForAllWhoWantTheSameMoments() {
        Queue<Sample> first = new ConcurrentLinkedQueue<>();
        Queue<Sample> second = new ConcurrentLinkedQueue<>();
        Series one = sampling.start(SHORT, first::add);
        Series two = sampling.start(SHORT, second::add);
        Deadline.waitFor("samples", SOON, () -> second.size() >= 10);
        one.close();
        two.close();

        Deadline.waitFor("the thread to end", SOON, () -> !sampling.isRunning());
        long different = first.stream().filter(each -> !second.contains(each)).count();
        assertTrue(different <= 2, () -> first.size() + " and " + second.size());
        assertTrue(asked.get() <= Math.max(first.size(), second.size()) + 2, asked::toString);
    }

    @Test
    void shouldRunOnlyWhileSomebodyListens() {
        assertFalse(sampling.isRunning());
        AtomicInteger taken = new AtomicInteger();
        Series series = sampling.start(SHORT, sample -> taken.incrementAndGet());
        Deadline.waitFor("a sample", SOON, () -> taken.get() > 0);

        series.close();

        Deadline.waitFor("the thread to end", SOON, () -> !sampling.isRunning());
        int before = asked.get();
        Series again = sampling.start(SHORT, sample -> taken.incrementAndGet());
        Deadline.waitFor("more", SOON, () -> asked.get() > before);
        again.close();
    }

    @Test
    void shouldDropAListenerThatThrowsAndKeepTheOthers() {
        AtomicInteger taken = new AtomicInteger();
        AtomicInteger thrown = new AtomicInteger();
        sampling.start(SHORT, sample -> {
            thrown.incrementAndGet();
            throw new IllegalStateException("no");
        });
        sampling.start(SHORT, sample -> taken.incrementAndGet());

        Deadline.waitFor("samples for the other one", SOON, () -> taken.get() >= 3);

        assertEquals(1, thrown.get());
    }

    @Test
    void shouldTakeNoIntervalThatIsTooShort() {
        assertThrows(IllegalArgumentException.class, () -> sampling.start(Duration.ofMillis(9), sample -> {}));
    }
}
