package org.smapp.testkit.lab;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class QuantityTest {

    @Test
    void shouldReadWhatPeopleWrite() {
        assertEquals(50_000_000, Quantity.bitsPerSecond("50M"));
        assertEquals(2_500_000, Quantity.bitsPerSecond("2.5M"));
        assertEquals(0, Quantity.bitsPerSecond("0"));
        assertEquals(Duration.ofMillis(10), Quantity.duration("10ms"));
        assertEquals(Duration.ofNanos(300_000), Quantity.duration("300us"));
        assertEquals(0.3, Quantity.share("30"), 1e-12);
        assertEquals(0.005, Quantity.share("0.5%"), 1e-12);
        assertEquals(Shape.of(20_000_000, Duration.ofMillis(40)).withLoss(0.01), Quantity.shape("20M/40ms/1%"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "fast", "-1M", "10m", "1e9"})
    void shouldRefuseOtherRates(String text) {
        assertThrows(LabException.class, () -> Quantity.bitsPerSecond(text));
    }

    @Test
    void shouldRefuseTimesWithoutAUnitAndImpossibleLoss() {
        assertThrows(LabException.class, () -> Quantity.duration("10"));
        assertThrows(LabException.class, () -> Quantity.share("101"));
        assertThrows(LabException.class, () -> Quantity.shape("10M"));
    }
}
