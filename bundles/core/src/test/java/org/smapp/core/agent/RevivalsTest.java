package org.smapp.core.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

final class RevivalsTest {

    private final Revivals revivals = new Revivals();
    private long now = Long.MAX_VALUE - TimeUnit.SECONDS.toNanos(5);

    @Test
    void shouldReviveTheFirstTimeAtOnce() {
        revivals.failed(now);
        assertTrue(revivals.isDue(now));
        assertEquals(1, revivals.lately(now));
    }

    @Test
    void shouldWaitLongerEachTime() {
        int revived = 0;
        for (long ms = 0; ms < TimeUnit.MINUTES.toMillis(10); ms += 25) {
            now += TimeUnit.MILLISECONDS.toNanos(25);
            if (revived == 0 || revivals.isDue(now)) {
                revivals.failed(now);
                revived++;
            }
        }
        assertTrue(revived < 20, "10 minutes of an agent that always fails: " + revived);
        assertEquals(revived, revivals.lately(now));
    }

    @Test
    void shouldForgetFailuresAfterAWhile() {
        revivals.failed(now);
        revivals.failed(now);
        now += TimeUnit.MINUTES.toNanos(3);
        assertEquals(0, revivals.lately(now));
        revivals.failed(now);
        assertTrue(revivals.isDue(now));
    }
}
