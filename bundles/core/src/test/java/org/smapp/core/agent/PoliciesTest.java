package org.smapp.core.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.osgi.framework.Version;
import org.smapp.api.Side;
import org.smapp.api.Token;
import org.smapp.api.controller.Connection;
import org.smapp.api.controller.ConnectionHandler;
import org.smapp.api.event.ConnectionCreated;
import org.smapp.api.event.ControllerAssigned;
import org.smapp.core.agent.Ownership.Owned;
import org.smapp.core.agent.Ownership.Unclaimed;
import org.smapp.core.rule.Conditions;
import org.smapp.core.rule.Policy;
import org.smapp.core.rule.Rule;

/** One controller with several settings, and which of them a connection gets. */
final class PoliciesTest {

    private static final Rule CLIENTS = new Rule("clients", 1, side(Side.CLIENT), "", "wide");
    private static final Rule REST = new Rule("rest", 0, Conditions.ANY, "mesh");

    private final PathInHand hand = new PathInHand();
    private final List<String> heard = new ArrayList<>();
    private boolean goesOn = true;
    private InstalledController mesh = new InstalledController(
            "mesh", Version.parseVersion("1.0.0"), "test.mesh", 1, this::manage, 0, Map.of("announce", true));

    @interface Settings {
        boolean announce();

        int maxSubflows() default 8;

        String[] lines() default {};
    }

    private static Conditions side(Side side) {
        Conditions any = Conditions.ANY;
        return new Conditions(
                side,
                any.remotePrefixes(),
                any.localPrefixes(),
                any.remotePorts(),
                any.localPorts(),
                any.interfaces(),
                any.uids());
    }

    private ConnectionHandler manage(Connection connection) {
        heard.add("manage " + text(connection));
        return new ConnectionHandler() {
            @Override
            public boolean onSettingsChanged() {
                heard.add("changed " + text(connection));
                return goesOn;
            }

            @Override
            public void released() {
                heard.add("released " + connection.token().value());
            }
        };
    }

    private static String text(Connection connection) {
        Settings settings = connection.settings(Settings.class);
        return connection.token().value() + ": " + settings.maxSubflows() + settings.announce()
                + List.of(settings.lines());
    }

    private List<String> heard() {
        List<String> all = List.copyOf(heard);
        heard.clear();
        return all;
    }

    private void policies(Policy... policies) {
        hand.desire(now -> now.withPolicies(List.of(policies)));
    }

    private static Policy wide(Object maxSubflows) {
        return new Policy("wide", "mesh", Map.of("maxSubflows", maxSubflows, "lines", List.of("wan1", "wan2")));
    }

    /** One connection under each policy: 1 as a client, 2 as a server. */
    private void giveBoth() {
        policies(wide(32));
        hand.desire(now -> now.with(mesh).withRules(List.of(CLIENTS, REST)));
        hand.created(1);
        hand.event(new ConnectionCreated(new Token(2), Side.SERVER, PathInHand.ends(2), false));
    }

    @Test
    void shouldGiveEachConnectionTheSettingsOfItsPolicy() {
        giveBoth();
        assertEquals(List.of("manage 1: 32true[wan1, wan2]", "manage 2: 8true[]"), heard());
        assertEquals(
                List.of("clients|new connection, policy wide", "rest|new connection"),
                hand.published(ControllerAssigned.class).stream()
                        .map(each -> each.rule() + "|" + each.reason())
                        .toList());
        assertEquals("wide", hand.row(1).snapshot().policy());
        assertEquals("mesh", hand.row(1).snapshot().controller());
        assertEquals("", hand.row(2).snapshot().policy());
    }

    @Test
    void shouldTellOnlyThoseWhoseSettingsChanged() {
        giveBoth();
        heard();
        policies(wide(16));
        assertEquals(List.of("changed 1: 16true[wan1, wan2]"), heard());
        policies(wide(16));
        assertEquals(List.of(), heard());
    }

    @Test
    void shouldHandAConnectionOverAnewToWhoDoesNotGoOn() {
        giveBoth();
        heard();
        goesOn = false;
        hand.published();
        policies(wide(16));
        assertEquals(List.of("changed 1: 16true[wan1, wan2]", "released 1", "manage 1: 16true[wan1, wan2]"), heard());
        assertEquals(1, hand.published(ControllerAssigned.class).size());
    }

    @Test
    void shouldLetAPolicyHaveWhatItDoesNotSetFromTheControllersOwnConfiguration() {
        giveBoth();
        heard();
        mesh = mesh.reconfigured(Map.of("announce", false, "maxSubflows", 4));
        hand.desire(now -> now.with(mesh));
        assertEquals(List.of("changed 1: 32false[wan1, wan2]", "changed 2: 4false[]"), heard());
    }

    @Test
    void shouldMoveConnectionsToTheNextRuleWhileAPolicyIsNotThere() {
        giveBoth();
        heard();
        policies();
        assertEquals(List.of("changed 1: 8true[]"), heard());
        assertEquals("", hand.row(1).snapshot().policy());
        policies(wide(16));
        assertEquals(List.of("changed 1: 16true[wan1, wan2]"), heard());
    }

    @Test
    void shouldWatchOnlyWhereTheOnlyRuleNamesAPolicyThatIsNotThere() {
        hand.desire(now -> now.with(mesh).withRules(List.of(CLIENTS)));
        assertInstanceOf(Unclaimed.class, hand.created(1).ownership);
        policies(wide(3));
        assertInstanceOf(Owned.class, hand.row(1).ownership);
    }

    @Test
    void shouldWaitForTheControllerOfAPolicy() {
        policies(wide(32));
        hand.desire(now -> now.withRules(List.of(CLIENTS)));
        hand.created(1);
        assertEquals(List.of(), heard());
        hand.desire(now -> now.with(mesh));
        assertEquals(List.of("manage 1: 32true[wan1, wan2]"), heard());
    }

    @Test
    void shouldReadTextsAndPutDefaultsInPlaceOfWhatIsNoValue() {
        policies(new Policy("wide", "mesh", Map.of("maxSubflows", "many", "lines", "wan1")));
        hand.desire(now -> now.with(mesh).withRules(List.of(CLIENTS)));
        hand.created(1);
        policies(new Policy("wide", "mesh", Map.of("maxSubflows", "12", "announce", "false")));
        assertEquals(List.of("manage 1: 8true[wan1]", "changed 1: 12false[]"), heard());
    }

    @Test
    void shouldTakeOutAControllerThatFailsWithItsNextSettings() {
        giveBoth();
        mesh = new InstalledController(
                "mesh", Version.parseVersion("2.0.0"), "test.mesh", 2, connection -> new ConnectionHandler() {
                    @Override
                    public boolean onSettingsChanged() {
                        throw new IllegalStateException("on purpose");
                    }
                });
        hand.desire(now -> now.with(mesh));
        heard();
        policies(wide(16));
        assertEquals(
                List.of("mesh 2.0.0 threw java.lang.IllegalStateException: on purpose in onSettingsChanged()"),
                hand.failures);
        assertEquals(List.of("manage 1: 16true[wan1, wan2]", "manage 2: 8true[]"), heard());
    }
}
