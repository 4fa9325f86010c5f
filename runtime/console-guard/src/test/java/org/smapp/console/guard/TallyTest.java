package org.smapp.console.guard;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class TallyTest {

    private final AtomicLong nanos = new AtomicLong(-5);
    private final List<Long> told = new ArrayList<>();
    private final Tally tally = new Tally(nanos::get, told::add);

    @Test
    void shouldTellAtOnceAndThenOnceAMinute() {
        for (int i = 0; i < 100; i++) {
            tally.count();
        }
        assertEquals(List.of(1L), told);

        nanos.addAndGet(TimeUnit.MINUTES.toNanos(1));
        tally.count();

        assertEquals(List.of(1L, 100L), told);
        assertEquals(101, tally.total());
    }
}
