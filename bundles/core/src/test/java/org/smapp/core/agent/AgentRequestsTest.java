package org.smapp.core.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.smapp.core.agent.PathInHand.SECOND;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.smapp.api.Command;
import org.smapp.api.Outcome;
import org.smapp.api.Token;
import org.smapp.api.TransportAddress;
import org.smapp.api.event.ConnectionCreated;
import org.smapp.api.event.EventsLost;
import org.smapp.api.event.Recovered;
import org.smapp.api.event.SubflowTimeout;
import org.smapp.testkit.kernel.KernelConnection;

/** What others ask of an agent, and how it ends, without a thread. */
@Timeout(60)
final class AgentRequestsTest {

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
}
