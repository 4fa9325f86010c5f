package org.smapp.core.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.osgi.framework.Version;
import org.smapp.api.FourTuple;
import org.smapp.api.IpAddress;
import org.smapp.api.LocalAddress;
import org.smapp.api.Side;
import org.smapp.api.Subflow;
import org.smapp.api.SubflowState;
import org.smapp.api.TransportAddress;
import org.smapp.api.controller.Connection;
import org.smapp.api.controller.ConnectionHandler;
import org.smapp.api.event.ConnectionEstablished;
import org.smapp.api.event.SubflowClosed;
import org.smapp.core.memory.ConnectionMemory;
import org.smapp.core.memory.MemoryFile;
import org.smapp.core.publish.PublishQueue;
import org.smapp.core.rule.Conditions;
import org.smapp.core.rule.Rule;
import org.smapp.linux.Errno;
import org.smapp.linux.NetworkNamespace;
import org.smapp.testkit.kernel.FakeKernel;
import org.smapp.testkit.kernel.FakeLink;
import org.smapp.testkit.kernel.JoinAnswer;
import org.smapp.testkit.kernel.KernelConnection;
import org.smapp.testkit.lab.Deadline;

/** A whole agent on the fake kernel: what takes a lab, or is rare, with a real one. */
@Timeout(60)
final class AgentOnFakeKernelTest {

    private static final IpAddress FIRST = IpAddress.parse("192.0.2.1");
    private static final IpAddress SECOND = IpAddress.parse("198.51.100.1");
    private static final FourTuple ENDS = new FourTuple(FIRST, 40_001, IpAddress.parse("203.0.113.1"), 443);
    private static final int BUFFER_BYTES = 1 << 16;
    private static final long AUDIT_MS = 200;

    private final FakeKernel kernel = new FakeKernel();
    private FakeLink wan2;
    private Supervisor agent;

    @BeforeEach
    void start() throws Exception {
        kernel.link("wan1").add(FIRST, 24).defaultRoute(true);
        wan2 = kernel.link("wan2").add(SECOND, 24).defaultRoute(true);
        agent = Supervisor.start(
                kernel,
                NetworkNamespace.current(),
                new AgentSettings(BUFFER_BYTES, 1_000, AUDIT_MS, 50, 1_000, 1_000, AddressFilter.DEFAULT),
                new PublishQueue(1024),
                new ConnectionMemory(new MemoryFile(null)),
                AgentClock.SYSTEM);
        agent.desire(now -> now.withRules(List.of(new Rule("all", 0, Conditions.ANY, "second-line"))));
        agent.desire(now ->
                now.with(new InstalledController("second-line", Version.emptyVersion, "test", 1, SecondLine::new)));
    }

    @AfterEach
    void close() throws Exception {
        agent.close();
    }

    private static void await(String what, Deadline.Condition condition) {
        Deadline.waitFor(what, Duration.ofSeconds(30), condition);
    }

    private List<Subflow> subflows() {
        return agent.connections().stream()
                .flatMap(each -> each.subflows().stream())
                .toList();
    }

    @Test
    void shouldOpenASecondSubflow() {
        KernelConnection connection = kernel.connect(Side.CLIENT, ENDS);
        connection.establish();

        await("two subflows", () -> subflows().size() == 2 && subflows().get(1).state() == SubflowState.ESTABLISHED);
        assertEquals("wan2", subflows().get(1).interfaceName());
        assertEquals(2, connection.subflows().size());
        connection.close();
        await("the end", () -> agent.connections().isEmpty());
    }

    @Test
    void shouldHearOfASubflowThatFailsLater() {
        kernel.answerJoins(JoinAnswer.SILENCE);
        KernelConnection connection = kernel.connect(Side.CLIENT, ENDS);
        connection.establish();
        await("the attempt", () -> connection.subflows().size() == 2);
        connection.closeSubflow(connection.subflows().get(1), Errno.ETIMEDOUT);

        await("the second attempt", () -> connection.subflows().size() == 2);
    }

    @Test
    void shouldFollowAddresses() {
        wan2.carrier(false);
        await("wan2 to go", () -> localAddresses().equals(List.of(FIRST)));
        wan2.carrier(true);
        await("wan2 to come back", () -> localAddresses().equals(List.of(FIRST, SECOND)));
    }

    private List<IpAddress> localAddresses() {
        return agent.localAddresses().stream().map(LocalAddress::address).toList();
    }

    @Test
    void shouldKnowAllConnectionsAfterAnOverrun() {
        int count = 2_000; // their events are far more than the buffer holds
        for (int i = 0; i < count; i++) {
            FourTuple ends = new FourTuple(FIRST, 10_000 + i, ENDS.remoteAddress(), 443);
            KernelConnection connection = kernel.connect(Side.CLIENT, ends);
            connection.establish();
            connection.announce(1, new TransportAddress(ENDS.remoteAddress(), 443));
        }
        await(
                "all connections",
                () -> agent.connections().size() == count
                        && agent.connections().stream()
                                .allMatch(each -> each.subflows().size() == 2));
    }

    @Test
    void shouldFindOutThatAPeerAborted() {
        KernelConnection connection = kernel.connect(Side.SERVER, ENDS);
        await("the connection", () -> agent.connections().size() == 1);
        connection.abort();
        await("its end, of which no event tells", () -> agent.connections().isEmpty());
    }

    /** Opens one subflow over wan2, and again when it fails. */
    private static final class SecondLine implements ConnectionHandler {
        private final Connection connection;

        SecondLine(Connection connection) {
            this.connection = connection;
            if (connection.isEstablished()) {
                open();
            }
        }

        @Override
        public void onEstablished(ConnectionEstablished event) {
            open();
        }

        @Override
        public void onSubflowClosed(SubflowClosed event) {
            open();
        }

        private void open() {
            connection.create(SECOND, connection.remoteAddresses().get(0).at());
        }
    }
}
