package org.smapp.core.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.smapp.api.Outcome;
import org.smapp.api.event.ControllerAssigned;
import org.smapp.api.event.ControllerQuarantined;
import org.smapp.core.agent.Ownership.Owned;
import org.smapp.core.agent.Ownership.Unclaimed;
import org.smapp.core.agent.Ownership.Waiting;

/** Which controller is taken out of service for what it does, and who has its connections then. */
final class QuarantineTest {

    private final PathInHand hand = new PathInHand();
    private final ScriptedController mesh = new ScriptedController("mesh", "1.0.0");
    private final ScriptedController backup = new ScriptedController("backup", "1.0.0");

    private static ScriptedController owner(TrackedConnection row) {
        return (ScriptedController)
                assertInstanceOf(Owned.class, row.ownership).controller().service();
    }

    private List<String> assigned() {
        return hand.published(ControllerAssigned.class).stream()
                .map(each -> each.controller() + "|" + each.rule() + "|" + each.reason())
                .toList();
    }

    private String shown(TrackedConnection row) {
        return hand.path.snapshots().all().stream()
                .filter(each -> each.token().equals(row.token))
                .findFirst()
                .orElseThrow()
                .controller();
    }

    @Test
    void shouldQuarantineAControllerThatThrows() {
        hand.rules("mesh", "backup");
        hand.come(mesh, backup);
        TrackedConnection first = hand.created(1);
        TrackedConnection second = hand.created(2);
        assigned();
        mesh.onEvent = connection -> {
            throw new IllegalStateException("on purpose");
        };
        hand.established(3);
        assertSame(backup, owner(first));
        assertSame(backup, owner(second));
        assertSame(backup, owner(hand.row(3)));
        assertEquals("backup", shown(second));
        assertEquals(
                List.of("mesh 1.0.0 threw java.lang.IllegalStateException: on purpose in ConnectionEstablished"),
                hand.failures);
        assertTrue(mesh.heard.contains("released 00000002"));
        assertTrue(assigned().contains("backup|to-backup|mesh 1.0.0 was taken out of service"));
    }

    @Test
    void shouldAnnounceAQuarantineOnce() {
        hand.rules("mesh");
        hand.come(mesh);
        hand.created(1);
        hand.created(2);
        mesh.onReleased = () -> {
            throw new IllegalStateException("again");
        };
        mesh.onEvent = connection -> {
            throw new AssertionError("on purpose");
        };
        hand.established(3);
        assertEquals(1, hand.failures.size());
        assertEquals(
                List.of(new ControllerQuarantined(
                        "mesh", "1.0.0", "threw java.lang.AssertionError: on purpose in ConnectionEstablished")),
                hand.published(ControllerQuarantined.class));
        assertEquals(Unclaimed.UNCLAIMED, hand.row(1).ownership, "nobody waits for what is there but out of service");
    }

    @Test
    void shouldQuarantineAControllerThatTakesNoConnection() {
        hand.rules("mesh", "backup");
        hand.come(mesh, backup);
        mesh.returnsNull = true;
        TrackedConnection row = hand.created(1);
        assertSame(backup, owner(row));
        assertEquals(
                List.of("mesh 1.0.0 threw java.lang.IllegalStateException: manage() returned null in manage()"),
                hand.failures);
        assertEquals(List.of("manage 00000001"), mesh.heard, "it is not told of what it never had");
        assertSame(backup, owner(hand.created(2)));
    }

    @Test
    void shouldFallBackToTheVersionBefore() {
        hand.rules("mesh", "backup");
        ScriptedController worse = new ScriptedController("mesh", "1.1.0");
        worse.returnsNull = true;
        hand.come(mesh, worse, backup);
        assertSame(mesh, owner(hand.created(1)));
        hand.go(mesh);
        assertSame(backup, owner(hand.row(1)), "nobody waits while a version is there, out of service");
        hand.go(worse);
        hand.come(new ScriptedController("mesh", "1.2.0"));
        assertEquals(
                "1.2.0", ((Owned) hand.row(1).ownership).controller().version().toString());
    }

    @Test
    void shouldTryAControllerAgainOnlyWhenItComesAnew() {
        hand.rules("mesh");
        hand.come(mesh);
        mesh.returnsNull = true;
        TrackedConnection row = hand.created(1);
        mesh.returnsNull = false;
        mesh.reconfigure();
        hand.come(mesh);
        assertEquals(Unclaimed.UNCLAIMED, row.ownership);
        hand.go(mesh);
        hand.come(mesh);
        assertSame(mesh, owner(row));
    }

    @Test
    void shouldQuarantineAControllerThatFailsWhenItIsReleased() {
        hand.rules("mesh");
        hand.come(mesh);
        TrackedConnection row = hand.created(1);
        mesh.onReleased = () -> {
            throw new IllegalStateException("on purpose");
        };
        mesh.reconfigure();
        hand.come(mesh);
        assertEquals(Unclaimed.UNCLAIMED, row.ownership);
        assertEquals(
                List.of("mesh 1.0.0 threw java.lang.IllegalStateException: on purpose in released()"), hand.failures);
    }

    @Test
    void shouldWaitForTheNextVersionOfOneThatFailedAsItWent() {
        hand.rules("mesh");
        hand.come(mesh);
        TrackedConnection row = hand.created(1);
        mesh.onReleased = () -> {
            throw new IllegalStateException("on purpose");
        };
        hand.go(mesh);
        assertEquals(new Waiting("mesh"), row.ownership);
    }

    @Test
    void shouldQuarantineAControllerThatFloods() {
        hand.rules("mesh", "backup");
        hand.come(mesh, backup);
        mesh.onEvent = connection -> {
            for (int i = 0; i < 100; i++) {
                Outcome outcome = connection.announce(PathInHand.SECOND);
                assertEquals(i < PathInHand.COMMANDS_PER_SECOND, outcome.isAccepted());
            }
        };
        TrackedConnection row = hand.established(1);
        assertSame(backup, owner(row));
        assertEquals(PathInHand.COMMANDS_PER_SECOND, hand.commands.size());
        assertEquals(
                List.of("mesh 1.0.0 gave more than 5 commands for connection 00000001 within a second, the last of them"
                        + " in ConnectionEstablished"),
                hand.failures);
        assertNull(hand.causes.get(0));
    }

    @Test
    void shouldReadWhatWasThrownWhileTheControllerIsStillWatched() {
        hand.rules("mesh");
        hand.come(mesh);
        Boolean[] watched = new Boolean[1];
        mesh.onEvent = connection -> {
            throw new IllegalStateException() {
                @Override
                public String toString() {
                    watched[0] = hand.path.watch().current() != CallWatch.NO_CALL;
                    return "bad".repeat(1_000);
                }

                @Override
                public StackTraceElement[] getStackTrace() {
                    throw new IllegalStateException("again");
                }
            };
        };
        hand.established(1);
        assertTrue(watched[0]);
        assertTrue(hand.failures.get(0).length() < 600, hand.failures.get(0));
        assertEquals(CallWatch.NO_CALL, hand.path.watch().current());
    }
}
