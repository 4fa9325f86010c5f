package org.smapp.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.smapp.core.rule.Policy;

final class PolicyComponentTest {

    private final NotedProblems problems = new NotedProblems();
    private final PolicyComponent component = new PolicyComponent(problems);

    @Test
    void shouldTakeWhatTheControllerKnowsAndNothingElse() {
        component.configure(Map.of(
                "service.pid",
                "org.smapp.policy~wide",
                "component.name",
                "org.smapp.core.PolicyComponent",
                "controller",
                "fullmesh ",
                "maxSubflows",
                32,
                "preference",
                new String[] {"wan1", "wan2"}));
        assertEquals(
                new Policy("wide", "fullmesh", Map.of("maxSubflows", 32, "preference", List.of("wan1", "wan2"))),
                component.policy().orElseThrow());
    }

    @Test
    void shouldStayAsItWasWithoutAController() {
        component.configure(Map.of("service.pid", "org.smapp.policy~wide"));
        assertTrue(component.policy().isEmpty());
        assertEquals(
                List.of(
                        "org.smapp.policy~wide is not in force: controller: no name is given: add one such as fullmesh"),
                problems.said);
        component.configure(Map.of("service.pid", "org.smapp.policy~wide", "controller", "fullmesh"));
        component.configure(Map.of("service.pid", "org.smapp.policy~wide"));
        assertEquals("fullmesh", component.policy().orElseThrow().controller());
    }
}
