package org.smapp.bench;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SamplesTest {

    private static Samples samples(Long... nanos) {
        Samples samples = new Samples();
        samples.add(new JoinDelays.Result(List.of(nanos), 0, 0, 0));
        return samples;
    }

    @Test
    void shouldTakeTheNearestRank() {
        Samples samples = samples(4000L, 1000L, 3000L, 2000L);
        assertEquals(2.0, samples.micros(50));
        assertEquals(4.0, samples.micros(90));
        assertEquals(4.0, samples.micros(100));
    }

    @Test
    void shouldLeaveOutMissingJoinsButCountThem() {
        Samples samples = new Samples();
        samples.add(new JoinDelays.Result(List.of(-1L, 5000L), 1, 0, 0));
        assertEquals(5.0, samples.micros(50));
        assertEquals(2, samples.connections());
        assertEquals(1, samples.missing());
    }

    @Test
    void shouldTellHowFarTheRoundsAreApart() {
        Samples samples = samples(1000L);
        samples.add(new JoinDelays.Result(List.of(7000L), 0, 0, 0));
        assertArrayEquals(new double[] {1, 7}, samples.medianRange());
    }

    @Test
    void shouldCompareWithMinimalC() {
        Map<PathManager, Samples> both = new LinkedHashMap<>();
        both.put(PathManager.KERNEL, samples(1000L));
        both.put(PathManager.C, samples(2000L));
        String[] lines = ResultTable.of(both).split("\\R");
        assertTrue(lines[1].matches("in the kernel +1 +0 +1\\.0 +1\\.0 +1\\.0 +1\\.0 +0\\.50 +1 to 1"), lines[1]);
        assertTrue(lines[2].matches("minimal C +1 +0 +2\\.0 +2\\.0 +2\\.0 +2\\.0 +1\\.00 +2 to 2"), lines[2]);
    }

    @Test
    void shouldPrintADashWhereNothingWasMeasured() {
        Map<PathManager, Samples> none = new LinkedHashMap<>();
        none.put(PathManager.C, samples());
        String line = ResultTable.of(none).split("\\R")[1];
        assertTrue(line.matches("minimal C +0 +0 +- +- +- +- +- +- to -"), line);
    }
}
