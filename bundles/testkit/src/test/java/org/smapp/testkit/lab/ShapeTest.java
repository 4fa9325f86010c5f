package org.smapp.testkit.lab;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class ShapeTest {

    @Test
    void shouldQueueLikeAPlainModemByDefault() {
        assertEquals(312_500, Shape.of(50_000_000, Duration.ofMillis(10)).queueBytes());
        assertEquals(200_000, Shape.of(20_000_000, Duration.ofMillis(40)).queueBytes());
        assertEquals(65_536, Shape.of(1_000_000, Duration.ofMillis(10)).queueBytes());
        assertEquals(65_536, Shape.UNLIMITED.queueBytes());
    }

    @Test
    void shouldRefuseNonsense() {
        assertThrows(IllegalArgumentException.class, () -> Shape.of(-1, Duration.ZERO));
        assertThrows(IllegalArgumentException.class, () -> Shape.of(1, Duration.ofMillis(-1)));
        assertThrows(IllegalArgumentException.class, () -> Shape.UNLIMITED.withLoss(1.01));
        assertThrows(IllegalArgumentException.class, () -> Shape.UNLIMITED.withLoss(Double.NaN));
    }
}
