package org.smapp.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.osgi.framework.Constants;
import org.smapp.api.Side;
import org.smapp.core.rule.IpPrefix;
import org.smapp.core.rule.NumberSet;
import org.smapp.core.rule.Rule;

final class RuleComponentTest {

    private final NotedProblems problems = new NotedProblems();
    private final List<String> said = problems.said;
    private final RuleComponent component = new RuleComponent(problems);

    private void configure(Map<String, Object> values) {
        component.configure(
                Stub.settings(RuleComponent.Settings.class, values),
                Map.of(Constants.SERVICE_PID, "org.smapp.rule~web"));
    }

    private static String[] texts(String... texts) {
        return texts;
    }

    @Test
    void shouldReadEverything() {
        configure(Map.of(
                "ranking",
                7,
                "side",
                "Client",
                "remotePrefixes",
                texts("192.0.2.0/24", "2001:db8::/32"),
                "remotePorts",
                texts("443, 8000-8999"),
                "uids",
                texts("1000"),
                "controller",
                "fullmesh"));
        Rule rule = component.rule().orElseThrow();
        assertEquals("web", rule.name());
        assertEquals(7, rule.ranking());
        assertEquals("fullmesh", rule.controller());
        assertEquals(Side.CLIENT, rule.when().side());
        assertEquals(
                List.of(IpPrefix.parse("192.0.2.0/24"), IpPrefix.parse("2001:db8::/32")),
                rule.when().remotePrefixes());
        assertEquals(
                List.of(new NumberSet.Range(443, 443), new NumberSet.Range(8000, 8999)),
                rule.when().remotePorts().ranges());
        assertEquals(
                List.of(new NumberSet.Range(1000, 1000)), rule.when().uids().ranges());
        assertEquals(List.of(), rule.when().localPrefixes());
    }

    @Test
    void shouldNameTheBadValueInOneSentence() {
        configure(Map.of("side", "both", "controller", "fullmesh"));
        configure(Map.of("remotePrefixes", texts("192.0.2.1/24"), "controller", "fullmesh"));
        configure(Map.of("localPorts", texts("ssh"), "controller", "fullmesh"));
        configure(Map.of("interfaces", texts("wan["), "controller", "fullmesh"));
        configure(Map.of());
        assertEquals(Optional.empty(), component.rule());
        assertEquals("org.smapp.rule~web is not in force: side: 'both' is not any, client or server", said.get(0));
        assertEquals(
                "org.smapp.rule~web is not in force: remotePrefixes: '192.0.2.1/24' has bits set after its first 24: write"
                        + " 192.0.2.0/24",
                said.get(1));
        assertTrue(
                said.get(2).startsWith("org.smapp.rule~web is not in force: localPorts: 'ssh' is neither"),
                said.get(2));
        assertTrue(
                said.get(3).startsWith("org.smapp.rule~web is not in force: interfaces: 'wan[' is no shell"),
                said.get(3));
        assertTrue(
                said.get(4).startsWith("org.smapp.rule~web is not in force: controller: no name is given"),
                said.get(4));
    }

    @Test
    void shouldStayAsItWasWhenAChangeMakesNoSense() {
        configure(Map.of("controller", "fullmesh"));
        configure(Map.of("side", "both", "controller", "backup"));
        assertEquals("fullmesh", component.rule().orElseThrow().controller());
        assertTrue(said.get(0).startsWith("org.smapp.rule~web stays: side: 'both'"), said.toString());

        configure(Map.of("side", "client", "controller", "backup"));
        assertEquals(List.of(), said);
    }

    @Test
    void shouldNameAPolicyInsteadOfAController() {
        configure(Map.of("policy", " wide "));
        Rule rule = component.rule().orElseThrow();
        assertEquals("wide", rule.policy());
        assertEquals("", rule.controller());
        configure(Map.of("policy", "wide", "controller", "fullmesh"));
        assertEquals(
                List.of("org.smapp.rule~web stays: policy: the policy says which controller gets the connections:"
                        + " remove the key controller"),
                said);
    }
}
