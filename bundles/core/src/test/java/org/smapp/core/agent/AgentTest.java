package org.smapp.core.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.smapp.core.agent.PathInHand.LOCAL;
import static org.smapp.core.agent.PathInHand.SECOND;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.smapp.api.Command;
import org.smapp.api.ConnectionSnapshot;
import org.smapp.api.IpAddress;
import org.smapp.api.Outcome;
import org.smapp.api.Token;
import org.smapp.api.TransportAddress;
import org.smapp.api.event.ConnectionClosed;
import org.smapp.api.event.ConnectionCreated;
import org.smapp.api.event.EventsLost;
import org.smapp.api.event.LocalAddressAdded;
import org.smapp.api.event.LocalAddressRemoved;
import org.smapp.api.event.Recovered;
import org.smapp.api.event.SubflowTimeout;
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
    void shouldFollowWhatIsDesired() throws Exception {
        hand.begin();
        hand.connect();
        hand.work();
        hand.give(mesh);
        Desired wanted = hand.desired.latest();
        assertFalse(hand.desired.awaitReached(wanted, 0));
        hand.work();
        assertTrue(hand.desired.awaitReached(wanted, 0));
        assertEquals("mesh", agent.connections().iterator().next().controller());
        hand.work();
        assertEquals(1, mesh.connections.size());
    }

    @Test
    void shouldFollowWhatIsDesiredWithoutBeingWokenUp() throws Exception {
        hand.begin();
        hand.give(mesh);
        agent.pass();
        assertTrue(hand.desired.awaitReached(hand.desired.latest(), 0));
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
    void shouldCarryOutWhatIsAskedOfIt() throws Exception {
        hand.begin();
        KernelConnection connection = hand.connect();
        connection.establish();
        hand.work();
        List<Outcome> outcomes = new ArrayList<>();
        Command create = new Command.CreateSubflow(
                connection.token(),
                new TransportAddress(SECOND, 0),
                Command.CHOOSE_ID,
                connection.tuple().remote(),
                false,
                0);
        assertTrue(agent.requests().submit(create, "a test", outcomes::add));
        assertEquals(1, agent.inbox());
        assertEquals(List.of(), outcomes);
        agent.pass();
        assertEquals(0, agent.inbox());
        assertTrue(outcomes.get(0).isAccepted(), outcomes::toString);
        assertEquals(2, connection.subflows().size());
        assertEquals(1, agent.figures().commands());
        assertEquals(0, agent.figures().refused());
    }

    @Test
    void shouldTakeInTimeoutsAndLosses() throws Exception {
        hand.begin();
        KernelConnection connection = hand.connect();
        hand.give(mesh);
        hand.work();
        assertTrue(agent.requests().offer(new SubflowTimeout(connection.token(), connection.tuple(), 200, 1, false)));
        assertTrue(agent.requests().announce(new EventsLost("a test", 3)));
        hand.work();
        assertTrue(mesh.heard.contains("timeout " + connection.token()), mesh.heard::toString);
        assertEquals(List.of(new EventsLost("a test", 3)), hand.published(EventsLost.class));
    }

    @Test
    void shouldRunUntilItIsStopped() throws Exception {
        hand.begin();
        hand.work();
        hand.published(Recovered.class);
        hand.connect();
        agent.requests().submit(new Command.Withdraw(new Token(99), 1), "a test", outcome -> agent.stop());
        agent.run();
        assertEquals(1, hand.published(ConnectionCreated.class).size(), "published in the end");
    }

    @Test
    void shouldEndWhereAControllerKeptItsThreadForTooLong() throws Exception {
        hand.begin();
        hand.connect();
        mesh.onManage = connection -> agent.watch().shutOut();
        hand.give(mesh);
        agent.run();
        assertEquals(1, mesh.connections.size());
    }

    @Test
    void shouldDoNothingAnyMoreOnceItIsClosed() throws Exception {
        hand.begin();
        hand.give(mesh);
        KernelConnection connection = hand.connect();
        hand.work();
        hand.published(Recovered.class);
        List<Outcome> outcomes = new ArrayList<>();
        agent.requests().submit(new Command.Withdraw(connection.token(), 1), "waits", outcomes::add);
        agent.close();
        agent.requests().submit(new Command.Withdraw(connection.token(), 1), "comes later", outcomes::add);
        assertEquals(2, outcomes.size());
        outcomes.forEach(each -> assertInstanceOf(Outcome.NotSent.class, each));
        agent.run(); // ends at once
        assertEquals(0, hand.queue.waiting());
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
