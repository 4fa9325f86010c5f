package org.smapp.core.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.smapp.core.agent.PathInHand.GRACE;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.smapp.api.InterfaceNames;
import org.smapp.api.Outcome;
import org.smapp.api.PathManagerType;
import org.smapp.api.Side;
import org.smapp.api.Token;
import org.smapp.api.event.ConnectionClosed;
import org.smapp.api.event.ConnectionCreated;
import org.smapp.api.event.ControllerAssigned;
import org.smapp.api.event.ControllerQuarantined;
import org.smapp.core.agent.Ownership.Owned;
import org.smapp.core.agent.Ownership.Unclaimed;
import org.smapp.core.agent.Ownership.Waiting;
import org.smapp.core.agent.Ownership.Watched;
import org.smapp.core.rule.Conditions;
import org.smapp.core.rule.NumberSet;
import org.smapp.core.rule.Rule;

/** Which controller owns which connection, whatever comes and goes. */
final class AssignmentsTest {

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
