package org.smapp.core.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.smapp.core.agent.PathInHand.LOCAL;
import static org.smapp.core.agent.PathInHand.PEER;
import static org.smapp.core.agent.PathInHand.SECOND;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.smapp.api.Command;
import org.smapp.api.ConnectionState;
import org.smapp.api.FourTuple;
import org.smapp.api.Outcome;
import org.smapp.api.RemoteAddress;
import org.smapp.api.Side;
import org.smapp.api.Subflow;
import org.smapp.api.SubflowState;
import org.smapp.api.Token;
import org.smapp.api.TransportAddress;
import org.smapp.api.controller.Connection;
import org.smapp.api.event.CommandDone;
import org.smapp.api.event.ConnectionCreated;
import org.smapp.api.event.ConnectionEstablished;
import org.smapp.api.measure.SubflowInfo;
import org.smapp.testkit.kernel.KernelConnection;

/** What a controller can do with a connection, and that it can't any more once it lost it. */
final class LeaseTest {

    private static final Token TOKEN = new Token(1);
    private static final TransportAddress SERVER = new TransportAddress(PEER, 443);

    private final PathInHand hand = new PathInHand();
    private final ScriptedController mesh = new ScriptedController("mesh", "1.0.0");
    private Connection connection;
    private TrackedConnection row;

    @BeforeEach
    void manage() {
        hand.rules("mesh");
        hand.come(mesh);
        row = hand.created(1);
        connection = mesh.last();
        hand.published();
    }

    @Test
    void shouldShowTheConnection() {
        assertEquals(TOKEN, connection.token());
        assertEquals(Side.CLIENT, connection.side());
        assertEquals(PathInHand.ends(1), connection.tuple());
        assertEquals(row.subflows(), connection.subflows());
        assertEquals(List.of(new RemoteAddress(0, SERVER)), connection.remoteAddresses());
        assertEquals(List.of(PathInHand.address(LOCAL), PathInHand.address(SECOND)), connection.localAddresses());
        assertFalse(connection.isEstablished());
        hand.event(new ConnectionEstablished(TOKEN, Side.CLIENT, row.tuple, false));
        assertTrue(connection.isEstablished());
        assertEquals(ConnectionState.ESTABLISHED, row.state());
    }

    @Test
    void shouldGiveEachCommandWithTheIdOfItsAddress() {
        Subflow initial = connection.subflows().get(0);
        connection.create(SECOND, SERVER);
        connection.announce(SECOND);
        connection.withdraw(SECOND);
        connection.setBackup(initial, true);
        connection.destroy(initial);
        TransportAddress second = new TransportAddress(SECOND, 0);
        assertEquals(
                List.of(
                        new Command.CreateSubflow(TOKEN, second, 1, SERVER, false, 2),
                        new Command.Announce(TOKEN, second, 1),
                        new Command.Withdraw(TOKEN, 1),
                        new Command.SetBackup(TOKEN, initial.tuple(), true),
                        new Command.DestroySubflow(TOKEN, initial.tuple())),
                hand.commands);
        assertEquals(5, hand.path.commander().given());
        assertEquals(0, hand.path.commander().refused());
        assertTrue(connection.subflows().get(0).backup());
    }

    @Test
    void shouldNoteWhatTheKernelRefuses() {
        hand.answer = new Outcome.Refused(22, "no", 0, 0, "The kernel refused it.");
        assertSame(hand.answer, connection.create(SECOND, SERVER));
        assertEquals(1, connection.subflows().size());
        assertEquals(1, hand.path.commander().refused());
        CommandDone done = hand.published(CommandDone.class).get(0);
        assertSame(hand.answer, done.outcome());
        assertEquals("mesh", done.controller());
    }

    @Test
    void shouldShowASubflowThatIsBeingOpened() {
        connection.create(SECOND, SERVER);
        assertEquals(
                new Subflow(new FourTuple(SECOND, 0, PEER, 443), 1, 0, SubflowState.CONNECTING, false, "wan2"),
                connection.subflows().get(1));
    }

    @Test
    void shouldDropCommandsOfAControllerThatLostTheConnection() {
        hand.rules();
        Outcome outcome = connection.create(SECOND, SERVER);
        assertInstanceOf(Outcome.NotSent.class, outcome);
        assertTrue(outcome.sentence().contains("no longer belongs to mesh 1.0.0"), outcome.sentence());
        assertEquals(Optional.empty(), connection.info());
        assertEquals(Optional.empty(), connection.info(row.subflows().get(0)));
        assertEquals(List.of(), hand.commands);
    }

    @Test
    void shouldSendNothingFromAThreadThatIsNoLongerTheAgent() {
        hand.path.watch().shutOut();
        assertInstanceOf(Outcome.NotSent.class, connection.announce(SECOND));
        assertEquals(List.of(), hand.commands);
        assertEquals(List.of(), hand.published());
    }

    @Test
    void shouldCountCommandsThatNeedNotBeSent() {
        for (int i = 0; i < 5; i++) {
            Outcome known = connection.announce(connection.tuple().localAddress());
            assertTrue(known.sentence().contains("began with"), known.sentence());
        }

        Outcome tooMany = connection.announce(connection.tuple().localAddress());

        assertTrue(tooMany.sentence().contains("more than 5 commands"), tooMany.sentence());
    }

    @Test
    void shouldAllowAsManyCommandsASecondAsAreConfigured() {
        for (int second = 0; second < 3; second++) {
            for (int i = 0; i < PathInHand.COMMANDS_PER_SECOND; i++) {
                assertTrue(connection.announce(SECOND).isAccepted());
            }
            hand.clock.advance(Duration.ofSeconds(1));
        }
        for (int i = 0; i < PathInHand.COMMANDS_PER_SECOND; i++) {
            connection.announce(SECOND);
        }
        hand.clock.advance(Duration.ofMillis(999));
        Outcome tooMany = connection.announce(SECOND);
        assertTrue(tooMany.sentence().contains("more than 5 commands for connection 00000001"), tooMany.sentence());
        hand.clock.advance(Duration.ofSeconds(10));
        assertSame(tooMany, connection.announce(SECOND), "for good");
        assertEquals(20, hand.commands.size());
    }

    @Test
    void shouldAskTheKernelForFigures() {
        KernelConnection real = hand.kernel.connect(Side.CLIENT, PathInHand.ends(7));
        hand.event(new ConnectionCreated(real.token(), Side.CLIENT, real.tuple(), false));
        Connection its = mesh.last();
        assertEquals(real.tuple(), its.info().orElseThrow().tuple());
        assertEquals(real.tuple(), its.info(its.subflows().get(0)).orElseThrow().tuple());
        assertEquals(Optional.empty(), connection.info(), "the kernel has no such connection");
    }

    @Test
    void shouldBringSamplesOfTheOwnSubflows() {
        KernelConnection real = hand.kernel.connect(Side.CLIENT, PathInHand.ends(7));
        hand.event(new ConnectionCreated(real.token(), Side.CLIENT, real.tuple(), false));
        SubflowInfo its = mesh.last().info(mesh.last().subflows().get(0)).orElseThrow();
        Duration interval = Duration.ofMillis(20);
        List<List<SubflowInfo>> samples = new ArrayList<>();
        List<List<SubflowInfo>> othersSamples = new ArrayList<>();
        mesh.last().sample(interval, samples::add);
        Connection.Timer others = connection.sample(interval, othersSamples::add);
        assertEquals(1, hand.measurements.series());
        hand.measurements.bring(interval, List.of(its));
        hand.pass(Duration.ZERO);
        assertEquals(List.of(List.of(its)), samples);
        assertEquals(List.of(List.of()), othersSamples);
        others.cancel();
        hand.measurements.bring(interval, List.of(its));
        hand.pass(Duration.ZERO);
        assertEquals(2, samples.size());
        assertEquals(1, othersSamples.size());
    }

    @Test
    void shouldLeaveOutSamplesWhileOneWaits() {
        Duration interval = Duration.ofMillis(20);
        List<List<SubflowInfo>> samples = new ArrayList<>();
        connection.sample(interval, samples::add);
        hand.measurements.bring(interval, List.of());
        hand.measurements.bring(interval, List.of());
        assertEquals(1, hand.messages.size());
        hand.pass(Duration.ZERO);
        hand.inboxFull = true;
        hand.measurements.bring(interval, List.of());
        hand.inboxFull = false;
        hand.measurements.bring(interval, List.of());
        hand.pass(Duration.ZERO);
        assertEquals(2, samples.size());
    }

    @Test
    void shouldEndASeriesThatNobodyListensTo() {
        Duration interval = Duration.ofMillis(20);
        connection.sample(interval, sample -> mesh.heard.add("sample"));
        connection.sample(Duration.ofMillis(30), sample -> {});
        assertEquals(2, hand.measurements.series());
        hand.measurements.bring(interval, List.of());
        hand.rules();
        hand.pass(Duration.ZERO);
        assertEquals(1, hand.measurements.series());
        connection.sample(interval, sample -> {});
        assertEquals(1, hand.measurements.series(), "it has lost the connection");
        hand.path.series().close();
        assertEquals(0, hand.measurements.series());
        assertFalse(mesh.heard.contains("sample"));
    }

    @Test
    void shouldNotCallAListenerThatAnEarlierOneCancelled() {
        Duration interval = Duration.ofMillis(20);
        List<Connection.Timer> series = new ArrayList<>();
        series.add(connection.sample(interval, sample -> series.forEach(Connection.Timer::cancel)));
        series.add(connection.sample(interval, sample -> mesh.heard.add("sample")));
        hand.measurements.bring(interval, List.of());
        hand.pass(Duration.ZERO);
        assertFalse(mesh.heard.contains("sample"));
    }
}
