package org.smapp.core.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.osgi.framework.Version;
import org.smapp.api.ConnectionSnapshot;
import org.smapp.api.ConnectionState;
import org.smapp.api.PathManagerType;
import org.smapp.api.Side;
import org.smapp.api.Subflow;
import org.smapp.api.SubflowState;
import org.smapp.api.controller.Connection;
import org.smapp.api.controller.ConnectionHandler;
import org.smapp.api.event.ConnectionEstablished;
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

/** The agent on the real kernel, with real traffic. */
@Timeout(60)
final class AgentOnKernelTest {

    private static final Duration SOON = Duration.ofSeconds(10);

    private GatewayLab lab;
    private Supervisor agent;

    @BeforeEach
    void open() throws Exception {
        LabAssumptions.traffic(Link.Kind.best());
        lab = GatewayLab.open("core-" + ProcessHandle.current().pid());
        lab.gateway().sysctl("net.mptcp.pm_type", "1");
        start();
    }

    private void start() throws Exception {
        agent = Supervisor.start(
                lab.lab().linux(),
                lab.gateway().namespace(),
                new AgentSettings(1 << 20, 1_000, 0, 50, 300, 1_000, AddressFilter.DEFAULT),
                new PublishQueue(1024),
                new ConnectionMemory(new MemoryFile(null)),
                AgentClock.SYSTEM);
    }

    @AfterEach
    void close() throws Exception {
        if (agent != null) {
            agent.close();
        }
        if (lab != null) {
            lab.close();
        }
    }

    @Test
    void shouldKnowTheGatewaysUsableAddresses() {
        List<String> v4 = agent.localAddresses().stream()
                .filter(each -> !each.address().v6())
                .map(each -> each.address() + " " + each.interfaceName())
                .toList();
        assertEquals(List.of("10.71.1.2 wan1", "10.71.2.2 wan2"), v4);
        lab.fibre().carrier(Link.End.NEAR, false);
        Deadline.waitFor(
                "wan1's addresses to go",
                SOON,
                () -> agent.localAddresses().stream()
                        .noneMatch(each -> each.interfaceName().equals("wan1")));
        lab.fibre().carrier(Link.End.NEAR, true);
        Deadline.waitFor(
                "wan1's addresses to come back",
                SOON,
                () -> agent.localAddresses().stream()
                        .anyMatch(each -> each.interfaceName().equals("wan1")));
    }

    @Test
    void shouldUseNoAddressWhosePacketsWouldStray() {
        lab.gateway().run("ip", "rule", "del", "from", "10.71.2.2");
        assertTrue(hasUsable("10.71.2.2"), "the main table has a way out over wan2, too");
        lab.gateway().run("ip", "route", "del", "default", "dev", "wan2");
        Deadline.waitFor("10.71.2.2 to go", SOON, () -> !hasUsable("10.71.2.2"));
        assertTrue(hasUsable("10.71.1.2"));
        lab.gateway().sourceRule("10.71.2.2", 2);
        Deadline.waitFor("10.71.2.2 to come back", SOON, () -> hasUsable("10.71.2.2"));
        lab.gateway().run("ip", "link", "set", "wan2", "down"); // and its routes go without a word
        lab.gateway().run("ip", "link", "set", "wan2", "up");
        Deadline.waitFor("10.71.2.2 to be without a way out", SOON, () -> !hasUsable("10.71.2.2"));
        lab.gateway().route("default", "via", "10.71.2.1", "dev", "wan2", "metric", "200");
        lab.gateway().run("ip", "rule", "del", "from", "10.71.2.2");
        Deadline.waitFor("10.71.2.2 to be whole again", SOON, () -> hasUsable("10.71.2.2"));
    }

    private boolean hasUsable(String address) {
        return agent.localAddresses().stream()
                .anyMatch(each -> each.address().toString().equals(address));
    }

    private void useSecondLine() {
        agent.desire(now -> now.withRules(List.of(new Rule("all", 0, Conditions.ANY, "second-line"))));
        agent.desire(now ->
                now.with(new InstalledController("second-line", Version.emptyVersion, "test", 1, SecondLine::new)));
    }

    private void awaitSecondSubflow() {
        Deadline.waitFor(
                "two subflows",
                SOON,
                () -> connection()
                        .filter(each -> each.subflows().size() == 2
                                && each.subflows().get(1).state() == SubflowState.ESTABLISHED)
                        .isPresent());
    }

    @Test
    void shouldOpenASecondSubflowForARealDownload() {
        useSecondLine();
        Path root = lab.lab().directory();
        Payload payload = Payload.write(root.resolve("file.bin"), 4 << 20, 1);
        WebServer server = WebServer.start(lab.lab(), lab.server(), root, 8080);

        Download download = Download.start(lab.lab(), lab.gateway(), server.url(GatewayLab.SERVER, "file.bin"));

        awaitSecondSubflow();
        ConnectionSnapshot connection = connection().orElseThrow();
        assertEquals(Side.CLIENT, connection.side());
        assertEquals(ConnectionState.ESTABLISHED, connection.state());
        assertEquals("second-line", connection.controller());
        Subflow second = connection.subflows().get(1);
        assertEquals("wan2", second.interfaceName());
        assertEquals(1, second.localId());
        assertTrue(second.tuple().localPort() > 0);
        assertEquals(payload.sha256(), download.await(Duration.ofSeconds(30)).sha256());
        Deadline.waitFor(
                "the connection to close", SOON, () -> agent.connections().isEmpty());
    }

    @Test
    void shouldFindItsConnectionsAgainAfterItWasGone() throws Exception {
        useSecondLine();
        Path root = lab.lab().directory();
        Payload payload = Payload.write(root.resolve("file.bin"), 8 << 20, 1);
        WebServer server = WebServer.start(lab.lab(), lab.server(), root, 8080);
        Download download = Download.start(lab.lab(), lab.gateway(), server.url(GatewayLab.SERVER, "file.bin"));
        awaitSecondSubflow();
        ConnectionSnapshot before = connection().orElseThrow();

        agent.close();
        start();

        ConnectionSnapshot after = connection().orElseThrow(); // there before the agent runs
        assertTrue(after.recovered());
        assertEquals(before.token(), after.token());
        assertEquals(Side.CLIENT, after.side());
        assertEquals(ConnectionState.ESTABLISHED, after.state());
        assertEquals(PathManagerType.USER_SPACE, after.pathManager());
        assertEquals(Set.copyOf(before.subflows()), Set.copyOf(after.subflows()));
        assertEquals(before.remoteAddresses(), after.remoteAddresses());
        assertEquals(payload.sha256(), download.await(Duration.ofSeconds(30)).sha256());
        Deadline.waitFor(
                "the connection to close", SOON, () -> agent.connections().isEmpty());
    }

    @Test
    void shouldListAndLeaveAloneWhatTheKernelManages() throws Exception {
        agent.close();
        lab.gateway().sysctl("net.mptcp.pm_type", "0");
        Path root = lab.lab().directory();
        Payload.write(root.resolve("file.bin"), 8 << 20, 1);
        WebServer server = WebServer.start(lab.lab(), lab.server(), root, 8080);
        Download download = Download.start(lab.lab(), lab.gateway(), server.url(GatewayLab.SERVER, "file.bin"));
        Deadline.waitFor("the download to begin", SOON, () -> download.bytes() > 0);
        start();
        useSecondLine();

        ConnectionSnapshot connection = connection().orElseThrow();
        assertEquals(PathManagerType.IN_KERNEL, connection.pathManager());
        assertEquals("", connection.controller());
        download.await(Duration.ofSeconds(30));
        assertEquals(0, agent.figures().commands());
    }

    private Optional<ConnectionSnapshot> connection() {
        return agent.connections().stream().findFirst();
    }

    /** Opens one subflow over wan2 as soon as it can. */
    private static final class SecondLine implements ConnectionHandler {
        private final Connection connection;

        SecondLine(Connection connection) {
            this.connection = connection;
        }

        @Override
        public void onEstablished(ConnectionEstablished event) {
            connection.localAddresses().stream()
                    .filter(each -> each.interfaceName().equals("wan2")
                            && !each.address().v6())
                    .findFirst()
                    .ifPresent(each -> connection.create(
                            each.address(), connection.remoteAddresses().get(0).at()));
        }
    }
}
