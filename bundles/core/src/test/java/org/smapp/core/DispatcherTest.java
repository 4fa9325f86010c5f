package org.smapp.core;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.osgi.framework.Bundle;
import org.osgi.framework.Constants;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.Version;
import org.smapp.api.ControllerSnapshot;
import org.smapp.api.FourTuple;
import org.smapp.api.IpAddress;
import org.smapp.api.Side;
import org.smapp.api.controller.ConnectionHandler;
import org.smapp.api.controller.SubflowController;
import org.smapp.testkit.kernel.FakeKernel;
import org.smapp.testkit.lab.Deadline;

/** Controllers and rules come and go as services; the agent on a fake kernel follows. */
@Timeout(60)
final class DispatcherTest {

    private static final Duration SOON = Duration.ofSeconds(10);
    private static final IpAddress LOCAL = IpAddress.parse("192.0.2.1");

    private final FakeKernel kernel = new FakeKernel();
    private final List<String> heard = new CopyOnWriteArrayList<>();
    private final SubflowController watcher = connection -> {
        heard.add("manage");
        return new ConnectionHandler() {
            @Override
            public void released() {
                heard.add("released");
            }
        };
    };
    private RunningAgent running;
    private Dispatcher dispatcher;

    @BeforeEach
    void start() throws Exception {
        kernel.link("wan1").add(LOCAL, 24).defaultRoute(true);
        running = RunningAgent.on(kernel);
        dispatcher = new Dispatcher(running.pathManager());
    }

    @AfterEach
    void close() {
        running.close();
    }

    /** A controller's service: each call makes another one, as a restart of its bundle does. */
    private static ServiceReference<SubflowController> reference(String name) {
        Bundle bundle = Stub.of(
                Bundle.class,
                Map.of("getVersion", none -> new Version(1, 2, 3), "getSymbolicName", none -> "com.example.watcher"));
        Map<String, Object> properties = new HashMap<>();
        properties.put(SubflowController.NAME, name);
        properties.put(Constants.SERVICE_ID, 7L);
        Map<String, Function<Object[], Object>> methods = Map.of(
                "getBundle", none -> bundle,
                "getProperty", key -> properties.get(key[0]),
                "getPropertyKeys", none -> properties.keySet().toArray(new String[0]));
        @SuppressWarnings("unchecked")
        ServiceReference<SubflowController> reference = Stub.of(ServiceReference.class, methods);
        return reference;
    }

    private RuleComponent rule(String name, Map<String, Object> settings) {
        RuleComponent rule = new RuleComponent(new NotedProblems());
        configure(rule, name, settings);
        return rule;
    }

    private static void configure(RuleComponent rule, String name, Map<String, Object> settings) {
        rule.configure(
                Stub.settings(RuleComponent.Settings.class, settings),
                Map.of(Constants.SERVICE_PID, "org.smapp.rule~" + name));
    }

    private void awaitOwner(String owner) {
        Deadline.waitFor(
                "the owner to be '" + owner + "'",
                SOON,
                () -> running.pathManager().connections().stream()
                        .anyMatch(each -> each.controller().equals(owner)));
    }

    private void connect() {
        kernel.connect(Side.CLIENT, new FourTuple(LOCAL, 40_001, IpAddress.parse("203.0.113.1"), 443))
                .establish();
    }

    @Test
    void shouldGiveConnectionsToTheControllerThatARuleNames() throws InterruptedException {
        ServiceReference<SubflowController> reference = reference("watcher");
        dispatcher.addController(reference, watcher);
        dispatcher.addRule(rule("all", Map.of("controller", "watcher")));
        connect();
        awaitOwner("watcher");
        assertEquals(
                List.of(new ControllerSnapshot("watcher", "1.2.3", "com.example.watcher", 1, "")),
                running.pathManager().controllers());

        dispatcher.removeController(reference);
        assertEquals(List.of("manage", "released"), heard, "its bundle may stop now");
        assertEquals(List.of(), running.pathManager().controllers());
    }

    @Test
    void shouldHandConnectionsOverAnewWhenAControllerIsConfigured() {
        ServiceReference<SubflowController> reference = reference("watcher");
        dispatcher.addController(reference, watcher);
        dispatcher.addRule(rule("all", Map.of("controller", "watcher")));
        connect();
        awaitOwner("watcher");

        dispatcher.updatedController(reference);
        Deadline.waitFor("the second manage", SOON, () -> heard.equals(List.of("manage", "released", "manage")));
    }

    @Test
    void shouldFollowRules() {
        dispatcher.addController(reference("watcher"), watcher);
        RuleComponent rule = rule("some", Map.of("controller", "watcher", "side", "server"));
        dispatcher.addRule(rule);
        connect();
        awaitOwner("");
        configure(rule, "some", Map.of("controller", "watcher", "side", "client"));
        dispatcher.updatedRule(rule);
        awaitOwner("watcher");

        dispatcher.removeRule(rule);
        awaitOwner("");
    }

    @Test
    void shouldGoOnWithTheLastGoodStateOfARule() {
        dispatcher.addController(reference("watcher"), watcher);
        RuleComponent rule = rule("all", Map.of("controller", "watcher"));
        dispatcher.addRule(rule);
        configure(rule, "all", Map.of("controller", "watcher", "side", "both"));
        dispatcher.updatedRule(rule);
        connect();
        awaitOwner("watcher");
    }

    @Test
    void shouldFollowPolicies() {
        dispatcher.addController(reference("watcher"), watcher);
        dispatcher.addRule(rule("all", Map.of("policy", "careful")));
        connect();
        awaitOwner("");
        PolicyComponent policy = new PolicyComponent(new NotedProblems());
        policy.configure(Map.of(Constants.SERVICE_PID, "org.smapp.policy~careful", "controller", "watcher"));
        dispatcher.addPolicy(policy);
        awaitOwner("watcher");

        dispatcher.removePolicy(policy);
        awaitOwner("");
    }

    @Test
    void shouldPassOverAControllerWithoutAName() throws InterruptedException {
        ServiceReference<SubflowController> nameless = reference(null);
        dispatcher.addController(nameless, watcher);
        dispatcher.updatedController(nameless);
        dispatcher.removeController(nameless);
        assertEquals(List.of(), running.pathManager().controllers());
    }
}
