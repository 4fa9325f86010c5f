package org.smapp.walkthrough;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class MeterTest {

    @Test
    void shouldDrawOneMarkForEach2500Kilobits() {
        assertEquals("lte |########            |  19.0 Mbit/s   ", Meter.bar("lte", 19.0));
        assertEquals("lte |                    |   0.0 Mbit/s   ", Meter.bar("lte", 0));
        assertEquals("fibre |####################| 900.0 Mbit/s   ", Meter.bar("fibre", 900));
    }
}
