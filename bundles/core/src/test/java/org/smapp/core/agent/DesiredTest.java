package org.smapp.core.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.smapp.core.rule.Conditions;
import org.smapp.core.rule.Rule;

/** What is to be, and what changed about it. */
final class DesiredTest {

    private static final Rule RULE = new Rule("all", 0, Conditions.ANY, "mesh");

    private final InstalledController one = new ScriptedController("mesh", "1.0.0").installed();
    private final InstalledController two = new ScriptedController("mesh", "2.0.0").installed();
    private final InstalledController twoAgain = new ScriptedController("mesh", "2.0.0").installed();
    private final InstalledController other = new ScriptedController("backup", "1.0.0").installed();

    @Test
    void shouldOrderByNameAndThenTheBestFirst() {
        Desired all = Desired.NOTHING.with(one).with(two).with(other).with(twoAgain);
        assertEquals(List.of(other, twoAgain, two, one), all.controllers());
        assertSame(twoAgain, all.best(RULE));
        assertTrue(all.isBest(twoAgain) && all.isBest(other));
        assertFalse(all.isBest(two) || all.isBest(one));
    }

    @Test
    void shouldPassOverWhatIsOutOfService() {
        Desired all = Desired.NOTHING.with(one).with(two).withQuarantined(two, "threw");
        assertSame(one, all.best(RULE));
        assertTrue(all.isOutOfService(RULE));
        assertEquals("threw", all.whyQuarantined(two));
        assertEquals("", all.whyQuarantined(one));
        assertSame(all, all.withQuarantined(two, "threw again"));
        assertNull(all.without(one).best(RULE));
    }

    @Test
    void shouldForgetAQuarantineWithItsController() {
        Desired gone = Desired.NOTHING.with(one).withQuarantined(one, "threw").without(one);
        assertEquals("", gone.whyQuarantined(one));
        assertFalse(gone.with(one).isOutOfService(RULE));
    }

    @Test
    void shouldForgetAQuarantineOfWhatHasGoneAlready() {
        Desired late = Desired.NOTHING.withQuarantined(one, "threw as it went");
        assertFalse(late.isOutOfService(RULE));
        assertEquals("", late.with(other).whyQuarantined(one));
    }

    @Test
    void shouldKeepAQuarantineThroughAnotherConfiguration() {
        Desired changed =
                Desired.NOTHING.with(one).withQuarantined(one, "threw").with(one.reconfigured(Map.of()));
        assertEquals("threw", changed.whyQuarantined(one));
        assertEquals(1, changed.controllers().size());
    }

    @Test
    void shouldAskHigherRulesFirst() {
        Rule higher = new Rule("higher", 5, Conditions.ANY, "backup");
        Desired both = Desired.NOTHING.withRules(List.of(RULE, higher));
        assertEquals(List.of(higher, RULE), both.rules());
        assertSame(both, both.withRules(List.of(higher, RULE)), "nothing changed");
    }

    @Test
    void shouldCountChanges() {
        Desired changed = Desired.NOTHING.with(one).withRules(List.of(RULE)).withQuarantined(one, "threw");
        assertEquals(Desired.NOTHING.version() + 3, changed.version());
        assertEquals(changed.version() + 1, changed.without(one).version());
    }

    @Test
    void shouldSayWhatChanged() {
        Desired before = Desired.NOTHING.with(one).with(other);
        assertEquals("", before.changesSince(before));
        assertEquals(
                "mesh 1.0.0 went, the configuration of backup 1.0.0 changed, mesh 2.0.0 came, the rules changed",
                before.without(one)
                        .with(two)
                        .with(other.reconfigured(Map.of()))
                        .withRules(List.of(RULE))
                        .changesSince(before));
    }
}
