package org.smapp.core.agent;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Who waits for the agent to follow. */
@Timeout(30)
final class DesiredStateTest {

    private final DesiredState state = new DesiredState();
    private final InstalledController mesh = new ScriptedController("mesh", "1.0.0").installed();

    @Test
    void shouldKnowHowFarTheAgentHasCome() throws InterruptedException {
        Desired first = state.change(now -> now.with(mesh));
        assertSame(first, state.latest());
        assertFalse(state.awaitReached(first, 0));
        Desired second = state.change(now -> now.without(mesh));
        state.reached(second);
        assertTrue(state.awaitReached(first, 0));
        assertTrue(state.awaitReached(second, 0));
        state.reached(first); // by an agent that was left behind
        assertTrue(state.awaitReached(second, 0));
    }

    @Test
    void shouldWakeWhoWaits() throws Exception {
        Desired first = state.change(now -> now.with(mesh));
        CompletableFuture<Boolean> waits = waitsFor(first);
        state.reached(first);
        assertTrue(waits.get(20, TimeUnit.SECONDS));
    }

    @Test
    void shouldLetNobodyWaitOnceThereIsNoAgent() throws Exception {
        CompletableFuture<Boolean> waits = waitsFor(state.change(now -> now.with(mesh)));
        state.end();
        assertTrue(waits.get(20, TimeUnit.SECONDS));
        assertTrue(state.awaitReached(state.change(now -> now.without(mesh)), 0));
    }

    private CompletableFuture<Boolean> waitsFor(Desired desired) {
        return CompletableFuture.supplyAsync(() -> {
            try {
                return state.awaitReached(desired, 20_000);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
    }
}
