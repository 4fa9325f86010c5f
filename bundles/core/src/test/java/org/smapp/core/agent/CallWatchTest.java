package org.smapp.core.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

/** Exactly one of two things happens to a call: the agent ends it, or the watchdog takes it over. */
final class CallWatchTest {

    private final CallWatch watch = new CallWatch();
    private final InstalledController mesh = new ScriptedController("mesh", "1.0.0").installed();

    @Test
    void shouldTellCallsApart() {
        assertEquals(CallWatch.NO_CALL, watch.current());
        watch.begin(mesh, "manage()");
        long first = watch.current();
        assertNotEquals(CallWatch.NO_CALL, first);
        assertSame(mesh, watch.controller());
        assertEquals("manage()", watch.what());
        watch.end();
        assertEquals(CallWatch.NO_CALL, watch.current());
        watch.begin(mesh, "released()");
        assertNotEquals(first, watch.current());
    }

    @Test
    void shouldNotFenceACallThatHasEnded() {
        watch.begin(mesh, "manage()");
        long call = watch.current();
        watch.end();
        assertFalse(watch.fence(call));
        watch.begin(mesh, "released()");
        assertFalse(watch.fence(call));
        watch.end();
        assertFalse(watch.isFenced());
    }

    @Test
    void shouldEndAThreadWhoseCallWasFenced() {
        watch.begin(mesh, "manage()");
        assertTrue(watch.fence(watch.current()));
        assertTrue(watch.isFenced());
        assertThrows(CallWatch.Fenced.class, watch::end);
        assertThrows(CallWatch.Fenced.class, () -> watch.begin(mesh, "released()"));
    }

    @Test
    void shouldShutOutAThreadWhateverItDoes() {
        watch.shutOut();
        assertTrue(watch.isFenced());
        assertThrows(CallWatch.Fenced.class, () -> watch.begin(mesh, "manage()"));
    }
}
