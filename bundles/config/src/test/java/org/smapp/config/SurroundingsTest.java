package org.smapp.config;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceEvent;
import org.osgi.framework.ServiceReference;
import org.osgi.service.cm.ConfigurationAdmin;

final class SurroundingsTest {

    private static final String RULE = "org.smapp.rule~default";

    private final Problems problems = new Problems();
    private InForce inForce;
    private Surroundings surroundings;
    private int state = Bundle.ACTIVE;
    private int questions;
    private ServiceReference<?>[] controllers;

    @BeforeEach
    void open() throws IOException {
        Bundle framework = fake(Bundle.class, (proxy, method, arguments) -> state);
        BundleContext context = fake(BundleContext.class, (proxy, method, arguments) -> {
            if (method.getName().equals("getBundle")) {
                return framework;
            }
            questions++;
            return controllers;
        });
        inForce = new InForce(fake(ConfigurationAdmin.class, (proxy, method, arguments) -> null));
        inForce.note(RULE, Map.of("controller", "fullmesh"));
        Metatypes metatypes = new Metatypes();
        metatypes.read(fake(Bundle.class, (proxy, method, arguments) -> switch (method.getName()) {
            case "getBundleId" -> 1L;
            case "getSymbolicName" -> "org.smapp.core";
            case "getEntryPaths" -> Collections.enumeration(List.of("OSGI-INF/metatype/rule.xml"));
            default -> SurroundingsTest.class.getResource("rule.xml");
        }));
        surroundings = new Surroundings(context, inForce, metatypes, problems);
    }

    private static <T> T fake(Class<T> type, InvocationHandler answers) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, answers));
    }

    private void look(int times) {
        for (int i = 0; i < times; i++) {
            surroundings.look();
        }
    }

    @Test
    void shouldJudgeOnceAfterTwoSecondsOfCalm() {
        look(8);
        assertEquals(List.of(), problems.all(), "a file may come before its bundle");
        look(100);
        assertEquals(
                List.of("org.smapp.rule-default.cfg names a controller that is not there, fullmesh"), problems.all());
        assertEquals(1, questions, "nothing has changed since");
    }

    @Test
    void shouldJudgeAgainWhenAControllerHasCome() {
        look(9);
        controllers =
                new ServiceReference<?>[] {fake(ServiceReference.class, (proxy, method, arguments) -> "fullmesh")};
        surroundings.serviceChanged(new ServiceEvent(ServiceEvent.REGISTERED, controllers[0]));
        look(9);
        assertEquals(List.of(), problems.all());
        assertEquals(2, questions);
    }

    @Test
    void shouldWaitUntilTheFrameworkHasStarted() {
        state = Bundle.STARTING;
        look(100);
        assertEquals(0, questions);
        state = Bundle.ACTIVE;
        look(8);
        assertEquals(1, questions);
    }
}
