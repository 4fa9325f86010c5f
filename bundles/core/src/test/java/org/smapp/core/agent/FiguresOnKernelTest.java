package org.smapp.core.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.osgi.framework.Version;
import org.smapp.api.controller.Connection;
import org.smapp.api.controller.ConnectionHandler;
import org.smapp.api.measure.ConnectionInfo;
import org.smapp.api.measure.SubflowInfo;
import org.smapp.api.measure.TcpState;
import org.smapp.core.memory.ConnectionMemory;
import org.smapp.core.memory.MemoryFile;
import org.smapp.core.publish.PublishQueue;
import org.smapp.core.rule.Conditions;
import org.smapp.core.rule.Rule;
import org.smapp.testkit.lab.Deadline;
import org.smapp.testkit.lab.Download;
import org.smapp.testkit.lab.GatewayLab;
import org.smapp.testkit.lab.LabAssumptions;
import org.smapp.testkit.lab.Link;
import org.smapp.testkit.lab.Payload;
import org.smapp.testkit.lab.WebServer;

/** What a controller and others learn of a real connection's figures. */
@Timeout(60)
final class FiguresOnKernelTest {

    private static final Duration SOON = Duration.ofSeconds(10);
    private static final int PORT = 8080;

    private final Queue<ConnectionInfo> connections = new ConcurrentLinkedQueue<>();
    private final Queue<SubflowInfo> subflows = new ConcurrentLinkedQueue<>();
    private final Queue<List<SubflowInfo>> samples = new ConcurrentLinkedQueue<>();
    private GatewayLab lab;
    private Supervisor agent;

    @BeforeEach
    void open() throws Exception {
        LabAssumptions.traffic(Link.Kind.best());
        lab = GatewayLab.open("figures-" + ProcessHandle.current().pid());
        lab.gateway().sysctl("net.mptcp.pm_type", "1");
        agent = Supervisor.start(
                lab.lab().linux(),
                lab.gateway().namespace(),
                new AgentSettings(1 << 20, 1_000, 0, 50, 300, 1_000, AddressFilter.DEFAULT),
                new PublishQueue(1024),
                new ConnectionMemory(new MemoryFile(null)),
                AgentClock.SYSTEM);
        agent.desire(now -> now.withRules(List.of(new Rule("all", 0, Conditions.ANY, "curious"))));
        agent.desire(
                now -> now.with(new InstalledController("curious", Version.emptyVersion, "test", 1, this::manage)));
    }

    @AfterEach
    void close() {
        if (agent != null) {
            agent.close();
        }
        if (lab != null) {
            lab.close();
        }
    }

    private ConnectionHandler manage(Connection connection) {
        connection.sample(Duration.ofMillis(20), samples::add);
        connection.after(Duration.ofMillis(300), () -> {
            connection.info().ifPresent(connections::add);
            connection.info(connection.subflows().get(0)).ifPresent(subflows::add);
        });
        return new ConnectionHandler() {};
    }

    @Test
    void shouldTellAControllerAndOthersWhatTheKernelKnows() {
        Path root = lab.lab().directory();
        Payload.write(root.resolve("file.bin"), 4 << 20, 1);
        WebServer.start(lab.lab(), lab.server(), root, PORT);
        String[] both = {GatewayLab.SERVER, "[" + GatewayLab.SERVER6 + "]"};
        for (String each : both) {
            Download.start(lab.lab(), lab.gateway(), "http://" + each + ":" + PORT + "/file.bin", "--limit-rate", "1M");
        }

        Deadline.waitFor("figures of both", SOON, () -> connections.size() == 2 && subflows.size() == 2);
        Deadline.waitFor("samples", SOON, () -> samples.size() > 20);

        assertEquals(
                1,
                subflows.stream()
                        .filter(each -> each.tuple().localAddress().v6())
                        .count());
        subflows.forEach(FiguresOnKernelTest::check);
        connections.forEach(each -> assertTrue(each.bytesReceived() > 0 && each.subflowCount() == 1, each::toString));
        for (List<SubflowInfo> sample : samples) {
            assertTrue(sample.size() <= 1, sample::toString); // of its own connection only
        }
        assertEquals(2, agent.measurements().connections().size());
        for (SubflowInfo each : agent.measurements().subflows()) {
            assertEquals(
                    each.tuple(),
                    agent.measurements().subflow(each.tuple()).orElseThrow().tuple());
        }
    }

    private static void check(SubflowInfo subflow) {
        assertEquals(TcpState.ESTABLISHED, subflow.state());
        assertTrue(subflow.bytesReceived() > 0 && subflow.bytesSent() > 0, subflow::toString);
        assertTrue(subflow.rttUs() > 0 && subflow.rtoUs() > subflow.rttUs(), subflow::toString);
        assertTrue(
                subflow.congestionWindowSegments() > 0 && subflow.pacingRateBytesPerSecond() != 0, subflow::toString);
        assertTrue(subflow.pathMtuBytes() > 500 && !subflow.congestionControl().isEmpty(), subflow::toString);
    }
}
