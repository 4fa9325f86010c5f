package org.smapp.core.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.smapp.core.agent.PathInHand.LOCAL;
import static org.smapp.core.agent.PathInHand.SECOND;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.smapp.api.event.CommandDone;
import org.smapp.api.event.ConnectionEstablished;
import org.smapp.api.event.SubflowTimeout;

/** The reaction time in the journal counts from what a command answers, not from anything before. */
final class ReactionTimeTest {

    private static final Duration TAKES = Duration.ofMillis(3);

    private final PathInHand hand = new PathInHand();
    private final ScriptedController mesh = new ScriptedController("mesh", "1.0.0");
    private TrackedConnection row;

    @BeforeEach
    void manage() {
        hand.rules("mesh");
        hand.come(mesh);
        row = hand.created(1);
        hand.published();
        mesh.onEvent = connection -> {
            hand.clock.advance(TAKES);
            connection.announce(SECOND);
        };
        hand.clock.advance(Duration.ofHours(1));
    }

    private void assertReactionMeasured() {
        assertEquals(
                List.of(TAKES.toNanos()),
                hand.published(CommandDone.class).stream()
                        .map(CommandDone::reactionNanos)
                        .toList());
    }

    @Test
    void shouldCountFromAnEventOfTheKernel() {
        hand.event(new ConnectionEstablished(row.token, row.side, row.tuple, false));
        assertReactionMeasured();
    }

    @Test
    void shouldCountFromAnEventThatWasFoundByAsking() {
        hand.path.flow().recovered(new ConnectionEstablished(row.token, row.side, row.tuple, false));
        assertReactionMeasured();
    }

    @Test
    void shouldCountFromATimeout() {
        hand.path.flow().timeout(new SubflowTimeout(row.token, row.tuple, 200, 1, false));
        assertReactionMeasured();
    }

    @Test
    void shouldCountFromAChangeOfAddresses() {
        hand.addresses(LOCAL);
        assertReactionMeasured();
    }

    @Test
    void shouldCountFromATimer() {
        mesh.last().after(Duration.ofSeconds(1), () -> mesh.onEvent.accept(mesh.last()));
        hand.pass(Duration.ofSeconds(1));
        assertReactionMeasured();
    }
}
