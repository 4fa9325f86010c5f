package org.smapp.controller.kit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class BackoffTest {

    @ParameterizedTest
    @CsvSource({"1, 100", "2, 200", "3, 400", "6, 3200", "7, 5000", "2000000000, 5000"})
    void shouldDoubleUpToTheMostAndAddATenthByChance(int failures, long ms) {
        for (int i = 0; i < 100; i++) {
            long delay = Backoff.ofMillis(100, 5_000).after(failures).toMillis();
            assertTrue(delay >= ms && delay <= ms + ms / 10, failures + " failures: " + delay);
        }
    }

    @Test
    void shouldOnlyLowerTheAttempts() {
        assertEquals(5, Backoff.ofMillis(1, 1).upTo(5).attempts());
        assertEquals(1, Backoff.NEVER.upTo(5).attempts());
    }
}
