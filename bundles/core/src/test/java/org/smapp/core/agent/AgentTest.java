package org.smapp.core.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.smapp.core.agent.PathInHand.LOCAL;
import static org.smapp.core.agent.PathInHand.SECOND;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.smapp.api.ConnectionSnapshot;
import org.smapp.api.IpAddress;
import org.smapp.api.Token;
import org.smapp.api.event.ConnectionClosed;
import org.smapp.api.event.ConnectionCreated;
import org.smapp.api.event.LocalAddressAdded;
import org.smapp.api.event.LocalAddressRemoved;
import org.smapp.api.event.Recovered;
import org.smapp.testkit.kernel.KernelConnection;

/** What an agent does in which order, without a thread. */
@Timeout(60)
final class AgentTest {

    private final ManualClock clock = new ManualClock();
    private final ScriptedController mesh = new ScriptedController("mesh", "1.0.0");
    private AgentInHand hand;
    private Agent agent;

    @BeforeEach
    void open() throws Exception {
        hand = new AgentInHand(clock, AgentInHand.AUDIT_MS);
        agent = hand.agent;
    }

    @AfterEach
    void close() {
        hand.close();
    }

    private List<Token> tokens() {
        return agent.connections().stream().map(ConnectionSnapshot::token).toList();
    }

    @Test
    void shouldLearnFromTheKernelWhatThereWasBefore() throws Exception {
        KernelConnection before = hand.connect();
        hand.begin();
        assertEquals(List.of(before.token()), tokens());
        assertEquals(
                List.of(LOCAL, SECOND),
                agent.localAddresses().stream().map(each -> each.address()).toList());
        assertEquals(3, agent.hostAddresses().size(), "with that of the loopback interface");
        assertEquals(1, agent.figures().recoveries());
        hand.work();
        assertEquals("SMAPP started", hand.published(Recovered.class).get(0).reason());
        assertEquals(List.of(before.token()), tokens(), "its event is no second connection");
    }

    @Test
    void shouldTellOfTheEndOfConnectionsThatTheLastAgentHad() throws Exception {
        KernelConnection stays = hand.connect();
        KernelConnection goes = hand.connect();
        hand.begin();
        List<ConnectionSnapshot> known = List.copyOf(agent.connections());
        hand.close();
        goes.abort();
        try (AgentInHand next = new AgentInHand(clock, 0, unused -> hand.kernel)) {
            next.agent.begin("another agent", known);
            next.work();
            assertEquals(
                    List.of(stays.token()),
                    next.agent.connections().stream()
                            .map(ConnectionSnapshot::token)
                            .toList());
            assertEquals(List.of(new ConnectionClosed(goes.token())), next.published(ConnectionClosed.class));
        }
    }

    @Test
    void shouldShowWhatEventsSay() throws Exception {
        hand.begin();
        assertEquals(0, agent.figures().lastEventMs());
        KernelConnection connection = hand.connect();
        hand.work();
        assertEquals(List.of(connection.token()), tokens());
        assertEquals(1, agent.figures().received());
        assertEquals(clock.epochMs(), agent.figures().lastEventMs());
        connection.close();
        hand.work();
        assertEquals(List.of(), tokens());
    }

    @Test
    void shouldPublishOnceNothingComesForAWhile() throws Exception {
        hand.begin();
        hand.work();
        hand.published(Recovered.class);
        hand.connect();
        agent.pass();
        assertEquals(0, hand.queue.waiting(), "the next event may be due");
        agent.pass(); // waits for some ms
        assertEquals(1, hand.published(ConnectionCreated.class).size());
    }

    @Test
    void shouldPublishAfterAWhileAlthoughEventsCome() throws Exception {
        hand.begin();
        hand.work();
        hand.published(Recovered.class);
        hand.connect();
        agent.pass();
        clock.advance(Duration.ofMillis(60));
        hand.connect();
        agent.pass();
        assertEquals(1, hand.published(ConnectionCreated.class).size());
    }

    @Test
    void shouldGiveConnectionsThatItFoundToTheirControllers() throws Exception {
        hand.connect();
        hand.give(mesh);
        hand.begin();
        hand.work();
        assertEquals(1, mesh.connections.size());
        assertEquals("mesh", agent.connections().iterator().next().controller());
    }

    @Test
    void shouldAskTheKernelForEverythingAfterAnOverrun() throws Exception {
        hand.begin();
        int count = 2_000; // their events are more than the buffer holds
        for (int i = 0; i < count; i++) {
            hand.connect().establish();
        }
        while (agent.figures().received() == 0 || agent.figures().overruns() == 0) {
            hand.work();
        }
        assertEquals(count, agent.connections().size());
        assertEquals(2, agent.figures().recoveries());
        assertEquals(1, agent.figures().overruns());
    }

    @Test
    void shouldCompareWithTheKernelNowAndThen() throws Exception {
        hand.begin();
        for (int i = 0; i < 2; i++) {
            KernelConnection connection = hand.connect();
            hand.work();
            connection.abort(); // and no event tells
            clock.advance(Duration.ofMillis(AgentInHand.AUDIT_MS - 1));
            hand.work();
            assertEquals(List.of(connection.token()), tokens());
            clock.advance(Duration.ofMillis(1));
            hand.work();
            assertEquals(List.of(), tokens());
        }
        assertEquals(1, agent.figures().recoveries() - 2, "the audits, and the look at the start");
    }

    @Test
    void shouldNotCompareWhereThatIsSwitchedOff() throws Exception {
        try (AgentInHand other = new AgentInHand(clock, 0).begin()) {
            KernelConnection connection = other.connect();
            other.work();
            connection.abort();
            clock.advance(Duration.ofDays(1));
            other.work();
            assertEquals(1, other.agent.connections().size());
        }
    }

    @Test
    void shouldFollowThisHostsAddresses() throws Exception {
        hand.begin();
        hand.work();
        IpAddress third = IpAddress.parse("192.0.2.77");
        hand.wan1.add(third, 24);
        hand.work();
        assertEquals(3, agent.localAddresses().size());
        assertEquals(
                third,
                hand.published(LocalAddressAdded.class).stream()
                        .map(each -> each.address().address())
                        .reduce((first, last) -> last)
                        .orElseThrow());
        hand.wan2.carrier(false);
        hand.work();
        assertEquals(
                List.of(SECOND),
                hand.published(LocalAddressRemoved.class).stream()
                        .map(each -> each.address().address())
                        .toList());
    }

    @Test
    void shouldRehearseWithoutATrace() throws Exception {
        try (AgentInHand other = new AgentInHand(new HastyClock(), 0)) {
            other.agent.rehearse();
            assertEquals(0, other.queue.waiting());
            assertEquals(AgentFigures.NONE, other.agent.figures());
            assertEquals(List.of(), List.copyOf(other.agent.connections()));
            assertNull(other.desired.latest().controllers().stream().findAny().orElse(null));
        }
    }
}
