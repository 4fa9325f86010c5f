package org.smapp.core.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.smapp.core.agent.PathInHand.GRACE;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.smapp.api.event.ControllerAssigned;
import org.smapp.core.agent.Ownership.Owned;
import org.smapp.core.agent.Ownership.Unclaimed;
import org.smapp.core.agent.Ownership.Waiting;

/** How long connections wait for a controller that went. */
final class GraceTest {

    private static final Duration MOMENT = Duration.ofMillis(1);
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

    @Test
    void shouldWaitForAControllerThatWentUntilTheGraceIsOver() {
        hand.rules("mesh", "backup");
        hand.come(mesh, backup);
        TrackedConnection row = hand.created(1);
        assigned();
        hand.go(mesh);
        assertEquals(new Waiting("mesh"), row.ownership);
        assertEquals(List.of("manage 00000001", "released 00000001"), mesh.heard);
        assertEquals(List.of("||mesh 1.0.0 went; waiting for mesh"), assigned());
        hand.pass(GRACE.minus(MOMENT));
        assertEquals(new Waiting("mesh"), row.ownership);
        hand.pass(MOMENT);
        assertSame(backup, owner(row));
        assertEquals(List.of("backup|to-backup|controller mesh did not come in time"), assigned());
        assertEquals("backup", shown(row));
    }

    private String shown(TrackedConnection row) {
        return hand.path.snapshots().all().stream()
                .filter(each -> each.token().equals(row.token))
                .findFirst()
                .orElseThrow()
                .controller();
    }

    @Test
    void shouldGiveConnectionsBackToAControllerThatComesBackInTime() {
        hand.rules("mesh", "backup");
        hand.come(mesh, backup);
        TrackedConnection row = hand.created(1);
        hand.go(mesh);
        hand.pass(GRACE.minus(MOMENT));
        ScriptedController next = new ScriptedController("mesh", "1.0.1");
        hand.come(next);
        assertSame(next, owner(row));
        hand.pass(GRACE);
        assertSame(next, owner(row));
        assertEquals(List.of(), backup.heard);
        hand.go(next);
        hand.pass(GRACE.minus(MOMENT));
        assertEquals(new Waiting("mesh"), row.ownership, "the grace begins anew");
    }

    @Test
    void shouldGiveConnectionsBackToAControllerThatComesTooLate() {
        hand.rules("mesh", "backup");
        hand.come(backup);
        TrackedConnection row = hand.created(1);
        assertEquals(new Waiting("mesh"), row.ownership);
        hand.pass(GRACE);
        assertSame(backup, owner(row));
        assertSame(backup, owner(hand.created(2)), "nobody waits a second time for what is not there");
        hand.come(mesh);
        assertSame(mesh, owner(row));
        assertSame(mesh, owner(hand.row(2)));
    }

    @Test
    void shouldWaitOnlyWhileARuleNamesTheController() {
        hand.rules("mesh");
        TrackedConnection row = hand.created(1);
        assertEquals(new Waiting("mesh"), row.ownership);
        hand.rules("backup");
        assertEquals(new Waiting("backup"), row.ownership);
        hand.rules();
        assertEquals(Unclaimed.UNCLAIMED, row.ownership);
        hand.pass(GRACE);
        assertEquals(Unclaimed.UNCLAIMED, row.ownership);
        assertEquals(List.of(), assigned(), "nobody owned it, and nobody does");
    }
}
