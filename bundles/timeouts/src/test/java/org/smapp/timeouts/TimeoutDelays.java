package org.smapp.timeouts;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import org.apache.commons.statistics.descriptive.Quantile;
import org.apache.commons.statistics.descriptive.Quantile.EstimationMethod;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.osgi.framework.Version;
import org.smapp.api.controller.ConnectionHandler;
import org.smapp.api.event.SubflowTimeout;
import org.smapp.core.agent.AddressFilter;
import org.smapp.core.agent.AgentClock;
import org.smapp.core.agent.AgentSettings;
import org.smapp.core.agent.InstalledController;
import org.smapp.core.agent.Supervisor;
import org.smapp.core.memory.ConnectionMemory;
import org.smapp.core.memory.MemoryFile;
import org.smapp.core.publish.PublishQueue;
import org.smapp.core.rule.Conditions;
import org.smapp.core.rule.Rule;
import org.smapp.linux.NativeLinux;
import org.smapp.testkit.lab.Deadline;
import org.smapp.testkit.lab.Download;
import org.smapp.testkit.lab.GatewayLab;
import org.smapp.testkit.lab.Payload;
import org.smapp.testkit.lab.WebServer;
import org.smapp.timeouts.BpfTimeouts.Way;

/**
 * Measures the delay from an expiry in the kernel to the call of a controller, for each source. A program of its own notes when
 * the kernel's timers expire. Not run with the tests: {@code runtime/bench/timeouts} does.
 */
final class TimeoutDelays {

    private static final int CONNECTIONS = 40;
    private static final int EXPIRIES = 300;
    private static final int POLL_MS = 100;
    private static final int PORT = 8080;
    private static final Duration LATEST = Duration.ofSeconds(1); // the next one of a subflow is another
    private static final Duration LIMIT = Duration.ofMinutes(5);

    /** Gives a delay that was measured rather than one between two of them. */
    private static final Quantile NEAREST_RANK = Quantile.withDefaults().with(EstimationMethod.HF1);

    private final GatewayLab lab =
            GatewayLab.open("timeout-delays-" + ProcessHandle.current().pid());
    private final List<Expiry> inKernel = Collections.synchronizedList(new ArrayList<>());
    private final List<Expiry> atController = Collections.synchronizedList(new ArrayList<>());

    private boolean down;

    private record Expiry(SubflowTimeout timeout, long nanos) {}

    private interface Start {
        AutoCloseable source(Supervisor agent) throws Exception;
    }

    @AfterEach
    void close() {
        lab.close();
    }

    @Test
    void measure() throws Exception {
        Path root = lab.lab().directory();
        Payload.write(root.resolve("file.bin"), 256 << 20, 1);
        lab.server().sysctl("net.mptcp.pm_type", "1");
        WebServer server = WebServer.start(lab.lab(), lab.server(), root, PORT);
        for (int i = 0; i < CONNECTIONS; i++) {
            Download.start(lab.lab(), lab.gateway(), server.url(GatewayLab.SERVER, "file.bin"));
        }
        System.out.println("| source | expiries | told | p50 ms | p99 ms | max ms |\n|---|---|---|---|---|---|");
        measure("eBPF (sock_ops)", agent -> listen(Way.SOCK_OPS, agent));
        measure("eBPF (tracepoint)", agent -> listen(Way.TRACEPOINT, agent));
        measure(
                "polling, " + POLL_MS + " ms",
                agent -> agent.measurements().sample(Duration.ofMillis(POLL_MS), new PolledTimeouts(agent::offer)));
    }

    private AutoCloseable listen(Way way, Supervisor agent) throws Unavailable {
        return TimeoutCount.open(
                way, lab.lab().linux(), lab.server().namespace(), (timeout, nanos) -> agent.offer(timeout));
    }

    private void measure(String name, Start start) throws Exception {
        try (Supervisor agent = agent();
                AutoCloseable source = start.source(agent)) {
            // What is measured runs first, so that nothing is noted that it could not see.
            Deadline.waitFor("the first call for " + source, LIMIT, () -> flicker() && !atController.isEmpty());
            atController.clear();
            inKernel.clear();
            BpfTimeouts reference = TimeoutCount.open(
                    Way.SOCK_OPS,
                    NativeLinux.load(),
                    lab.server().namespace(),
                    (timeout, nanos) -> inKernel.add(new Expiry(timeout, nanos)));
            Deadline.waitFor("enough expiries", LIMIT, () -> flicker() && inKernel.size() >= EXPIRIES);
            List<Expiry> expired = List.copyOf(inKernel);
            reference.close();
            long end = System.nanoTime() + Duration.ofMillis(3 * POLL_MS).toNanos();
            Deadline.waitFor("the last calls", LIMIT, () -> System.nanoTime() - end > 0);
            print(name, expired, delays(expired, new ArrayList<>(atController)));
        }
    }

    /** Takes the line away for two seconds of three. */
    private boolean flicker() {
        boolean next = System.nanoTime() / 1_000_000_000 % 3 != 0;
        if (next != down) {
            down = next;
            lab.fibre().loss(next ? 1 : 0);
        }
        return true;
    }

    private Supervisor agent() throws Exception {
        Supervisor agent = Supervisor.start(
                lab.lab().linux(),
                lab.server().namespace(),
                new AgentSettings(1 << 20, 1_000, 0, 50, 1_000, 1_000, AddressFilter.DEFAULT),
                new PublishQueue(1024),
                new ConnectionMemory(new MemoryFile(null)),
                AgentClock.SYSTEM);
        agent.desire(now -> now.withRules(List.of(new Rule("all", 0, Conditions.ANY, "watch"))));
        agent.desire(now -> now.with(new InstalledController(
                "watch", Version.emptyVersion, "test", 1, connection -> new ConnectionHandler() {
                    @Override
                    public void onSubflowTimeout(SubflowTimeout event) {
                        atController.add(new Expiry(event, System.nanoTime()));
                    }
                })));
        return agent;
    }

    /** Returns the delay of each expiry that has a call of its own, in milliseconds. */
    private static double[] delays(List<Expiry> expired, List<Expiry> calls) {
        List<Double> delays = new ArrayList<>();
        for (Expiry each : expired) {
            calls.stream()
                    .filter(call -> call.nanos() >= each.nanos()
                            && call.nanos() - each.nanos() < LATEST.toNanos()
                            && call.timeout().tuple().equals(each.timeout().tuple())
                            && call.timeout().consecutive() == each.timeout().consecutive())
                    .findFirst()
                    .ifPresent(call -> {
                        calls.remove(call);
                        delays.add((call.nanos() - each.nanos()) / 1e6);
                    });
        }
        return delays.stream().mapToDouble(Double::doubleValue).toArray();
    }

    private static void print(String name, List<Expiry> expired, double[] ms) {
        System.out.printf(
                Locale.ROOT,
                "| %s | %d | %d | %.3f | %.3f | %.3f |%n",
                name,
                expired.size(),
                ms.length,
                NEAREST_RANK.evaluate(ms, 0.5),
                NEAREST_RANK.evaluate(ms, 0.99),
                NEAREST_RANK.evaluate(ms, 1));
    }
}
