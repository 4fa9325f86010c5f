package org.smapp.core.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.smapp.api.InterfaceNames;
import org.smapp.api.PathManagerType;
import org.smapp.api.Side;
import org.smapp.api.Token;
import org.smapp.api.event.ConnectionClosed;
import org.smapp.api.event.ConnectionCreated;
import org.smapp.api.event.ControllerAssigned;
import org.smapp.core.agent.Ownership.Owned;
import org.smapp.core.agent.Ownership.Unclaimed;
import org.smapp.core.agent.Ownership.Watched;
import org.smapp.core.rule.Conditions;
import org.smapp.core.rule.NumberSet;
import org.smapp.core.rule.Rule;

/** Which controller owns which connection, whatever comes and goes. */
final class AssignmentsTest {

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
    void shouldGiveANewConnectionToTheFirstRuleThatHolds() {
        hand.rules("mesh", "backup");
        hand.come(mesh, backup);
        assertSame(mesh, owner(hand.created(1)));
        assertEquals(List.of("manage 00000001"), mesh.heard);
        assertEquals(List.of("mesh|to-mesh|new connection"), assigned());
    }

    @Test
    void shouldAskEveryConditionOfARule() {
        Conditions servers = new Conditions(
                Side.SERVER,
                List.of(),
                List.of(),
                NumberSet.EMPTY,
                NumberSet.EMPTY,
                InterfaceNames.NONE,
                NumberSet.EMPTY);
        hand.desire(now -> now.withRules(
                List.of(new Rule("servers", 1, servers, "mesh"), new Rule("rest", 0, Conditions.ANY, "backup"))));
        hand.come(mesh, backup);
        assertSame(backup, owner(hand.created(1)));
        hand.event(new ConnectionCreated(new Token(2), Side.SERVER, PathInHand.ends(2), false));
        assertSame(mesh, owner(hand.row(2)));
    }

    @Test
    void shouldLeaveAConnectionUnclaimedWithoutARule() {
        hand.come(mesh);
        TrackedConnection row = hand.established(1);
        assertEquals(Unclaimed.UNCLAIMED, row.ownership);
        assertEquals("", row.snapshot().controller());
        assertEquals(List.of(), assigned());
        hand.rules("mesh");
        assertSame(mesh, owner(row));
        assertEquals(List.of("mesh|to-mesh|the rules changed"), assigned());
    }

    @Test
    void shouldAskForTheUserAgainUntilItIsKnown() {
        NumberSet root = NumberSet.parse(List.of("0"), 10);
        Conditions ofRoot =
                new Conditions(null, List.of(), List.of(), NumberSet.EMPTY, NumberSet.EMPTY, InterfaceNames.NONE, root);
        hand.desire(now -> now.withRules(List.of(new Rule("root", 1, ofRoot, "mesh"))));
        hand.come(mesh);
        TrackedConnection row = hand.established(1);
        assertEquals(Unclaimed.UNCLAIMED, row.ownership, "the kernel knows no such connection");
        assertEquals(-1, row.uid(token -> -1));
        assertEquals(7, row.uid(token -> 7));
        assertEquals(7, row.uid(token -> 8), "it is asked once");
    }

    @Test
    void shouldMoveConnectionsToAHigherVersionAndNotToALowerOne() {
        hand.rules("mesh");
        hand.come(mesh);
        TrackedConnection row = hand.created(1);
        ScriptedController lower = new ScriptedController("mesh", "0.9.0");
        hand.come(lower);
        assertSame(mesh, owner(row));
        ScriptedController higher = new ScriptedController("mesh", "1.1.0");
        hand.come(higher);
        assertSame(higher, owner(row));
        assertEquals(List.of("manage 00000001", "released 00000001"), mesh.heard);
        hand.go(higher);
        assertSame(mesh, owner(row));
        hand.go(mesh);
        assertSame(lower, owner(row));
    }

    @Test
    void shouldSayWhenNobodyOwnsAConnectionAnyMore() {
        hand.rules("mesh");
        hand.come(mesh);
        TrackedConnection row = hand.created(1);
        assigned();
        hand.rules();
        assertEquals(List.of("||the rules changed; no rule gives it to anybody else"), assigned());
        assertEquals(Unclaimed.UNCLAIMED, row.ownership);
        assertEquals(List.of("manage 00000001", "released 00000001"), mesh.heard);
    }

    @Test
    void shouldHandConnectionsAnewToAControllerWhoseConfigurationChanged() {
        hand.rules("mesh");
        hand.come(mesh);
        TrackedConnection row = hand.created(1);
        Ownership before = row.ownership;
        assigned();
        mesh.reconfigure();
        hand.come(mesh);
        assertNotSame(before, row.ownership);
        assertEquals(List.of("manage 00000001", "released 00000001", "manage 00000001"), mesh.heard);
        assertEquals(List.of("mesh|to-mesh|the configuration of mesh 1.0.0 changed"), assigned());
    }

    @Test
    void shouldLeaveConnectionsAloneWhenNothingChangesForThem() {
        hand.rules("mesh");
        hand.come(mesh);
        TrackedConnection row = hand.created(1);
        Ownership before = row.ownership;
        hand.come(backup);
        hand.rules("mesh", "backup");
        hand.go(backup);
        assertSame(before, row.ownership);
        assertEquals(List.of("manage 00000001"), mesh.heard);
    }

    @Test
    void shouldNeverGiveAwayWhatTheKernelManages() {
        hand.rules("mesh");
        hand.come(mesh);
        hand.path
                .flow()
                .found(
                        List.of(new ConnectionCreated(new Token(1), Side.CLIENT, PathInHand.ends(1), false)),
                        PathManagerType.IN_KERNEL);
        TrackedConnection row = hand.row(1);
        hand.rules("mesh", "backup");
        hand.come(backup);
        assertEquals(new Watched(PathManagerType.IN_KERNEL), row.ownership);
        assertEquals(PathManagerType.IN_KERNEL, row.snapshot().pathManager());
        assertEquals(List.of(), mesh.heard);
    }

    @Test
    void shouldReleaseAConnectionThatCloses() {
        hand.rules("mesh");
        hand.come(mesh);
        TrackedConnection row = hand.created(1);
        hand.event(new ConnectionClosed(row.token));
        assertEquals(List.of("manage 00000001", "released 00000001"), mesh.heard);
        assertFalse(mesh.last().announce(PathInHand.SECOND).isAccepted());
        hand.event(new ConnectionClosed(row.token));
        assertEquals(2, mesh.heard.size());
    }
}
