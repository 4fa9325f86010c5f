package org.smapp.core.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class TimersTest {

    private long nowNanos = Long.MAX_VALUE - 100; // wraps around meanwhile
    private final Timers timers = new Timers(() -> nowNanos);
    private final List<String> called = new ArrayList<>();

    private void fire(long afterNanos) {
        nowNanos += afterNanos;
        timers.fire((owner, action) -> action.run());
    }

    @Test
    void shouldCallInTheOrderOfTheirTimesAndThenOfTheirMaking() {
        timers.after(200, null, () -> called.add("late"));
        timers.after(100, null, () -> called.add("first"));
        timers.after(100, null, () -> called.add("second"));
        timers.after(100, null, () -> called.add("never")).cancel();
        fire(100);
        assertEquals(List.of("first", "second"), called);
        assertEquals(100, timers.untilNext());
        fire(100);
        assertEquals(List.of("first", "second", "late"), called);
        assertEquals(-1, timers.untilNext());
    }

    @Test
    void shouldLetGoOfDeadCallsLongBeforeTheyAreDue() {
        timers.after(1_000, null, () -> called.add("alive"));
        for (int i = 0; i < 100_000; i++) {
            timers.after(1_000_000, null, () -> called.add("never")).cancel();
        }
        assertTrue(timers.size() < 1_000, timers.size() + " are kept");
        fire(1_000_000);
        assertEquals(List.of("alive"), called);
    }
}
