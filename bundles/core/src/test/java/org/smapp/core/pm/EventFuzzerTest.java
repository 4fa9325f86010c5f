package org.smapp.core.pm;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Some seconds of fuzzing, a minute in CI; {@code itests/fuzz} goes on for as long as one likes. */
final class EventFuzzerTest {

    private static final int SECONDS = System.getenv("CI") == null ? 5 : 60;
    private static final int BATCH = 10_000;
    private static final long GROWTH_BYTES = 4 << 20;

    @Test
    void shouldCountWhatItCannotReadAndGoOn() {
        long seed = System.nanoTime();
        EventFuzzer fuzzer = new EventFuzzer(seed);
        steps(fuzzer, seed);
        long before = EventFuzzer.usedBytes();
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS);
        while (System.nanoTime() < end) {
            steps(fuzzer, seed);
        }
        long growth = EventFuzzer.usedBytes() - before;
        assertTrue(fuzzer.malformed() > 0 && fuzzer.events() > 0);
        assertTrue(growth < GROWTH_BYTES, () -> "memory grew by " + growth + " bytes");
    }

    private static void steps(EventFuzzer fuzzer, long seed) {
        try {
            for (int i = 0; i < BATCH; i++) {
                fuzzer.step();
            }
        } catch (RuntimeException | AssertionError e) {
            throw new AssertionError("seed " + seed + ": " + e, e);
        }
    }
}
