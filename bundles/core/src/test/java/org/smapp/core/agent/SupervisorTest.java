package org.smapp.core.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.smapp.api.Command;
import org.smapp.api.FourTuple;
import org.smapp.api.IpAddress;
import org.smapp.api.Outcome;
import org.smapp.api.Side;
import org.smapp.api.Token;
import org.smapp.api.TransportAddress;
import org.smapp.api.event.Event;
import org.smapp.api.event.EventsLost;
import org.smapp.api.event.SubflowTimeout;
import org.smapp.core.memory.ConnectionMemory;
import org.smapp.core.memory.MemoryFile;
import org.smapp.core.publish.HandedOver;
import org.smapp.core.publish.PublishQueue;
import org.smapp.core.publish.Published;
import org.smapp.core.rule.Conditions;
import org.smapp.core.rule.Rule;
import org.smapp.linux.NetworkNamespace;
import org.smapp.testkit.kernel.FakeKernel;
import org.smapp.testkit.kernel.KernelConnection;
import org.smapp.testkit.lab.Deadline;

/** What others ask of the agent of now, whichever that is. */
@Timeout(60)
final class SupervisorTest {

    private static final Duration SOON = Duration.ofSeconds(30);
    private static final IpAddress LOCAL = IpAddress.parse("192.0.2.1");
    private static final IpAddress SECOND = IpAddress.parse("198.51.100.1");
    private static final IpAddress PEER = IpAddress.parse("203.0.113.1");
    private final FakeKernel kernel = new FakeKernel();
    private final PublishQueue queue = new PublishQueue(10_000);
    private final ScriptedController good = new ScriptedController("good", "1.0.0");
    private final ScriptedController bad = new ScriptedController("bad", "1.0.0");
    private final CountDownLatch comesBack = new CountDownLatch(1);
    private int connections;
    private Supervisor agent;

    @BeforeEach
    void start() throws Exception {
        kernel.link("wan1").add(LOCAL, 24).defaultRoute(true);
        kernel.link("wan2").add(SECOND, 24).defaultRoute(true);
        agent = Supervisor.start(
                kernel,
                NetworkNamespace.current(),
                settings(200, 1_000),
                queue,
                new ConnectionMemory(new MemoryFile(null)),
                new HastyClock());
        agent.desire(now -> now.withRules(
                List.of(new Rule("first", 1, Conditions.ANY, "bad"), new Rule("then", 0, Conditions.ANY, "good"))));
        agent.desire(now -> now.with(good.installed()));
    }

    private static AgentSettings settings(long stuckMs, int commandsPerSecond) {
        return new AgentSettings(1 << 20, 600_000, 0, 50, stuckMs, commandsPerSecond, AddressFilter.DEFAULT);
    }

    @AfterEach
    void close() {
        comesBack.countDown();
        agent.close();
    }

    private KernelConnection connect() {
        return kernel.connect(Side.CLIENT, new FourTuple(LOCAL, 40_000 + ++connections, PEER, 443));
    }

    private void awaitOwner(KernelConnection connection, String owner) {
        Deadline.waitFor(
                "the connection to come to " + owner,
                SOON,
                () -> agent.connections().stream()
                        .anyMatch(each -> each.token().equals(connection.token())
                                && each.controller().equals(owner)));
    }

    private List<Event> published() {
        return HandedOver.takeAll(queue).stream().map(Published::event).toList();
    }

    private static Command announce(Token token) {
        return new Command.Announce(token, new TransportAddress(SECOND, 0), Command.CHOOSE_ID);
    }

    @Test
    void shouldCarryOutAnOperatorsCommands() throws Exception {
        KernelConnection connection = connect();
        awaitOwner(connection, "");
        CompletableFuture<Outcome> done = new CompletableFuture<>();
        CompletableFuture<Outcome> unknown = new CompletableFuture<>();
        agent.submit(announce(connection.token()), "a test", done::complete);
        agent.submit(announce(new Token(99)), "a test", unknown::complete);
        assertTrue(done.get(SOON.toSeconds(), TimeUnit.SECONDS).isAccepted());
        assertTrue(unknown.get(SOON.toSeconds(), TimeUnit.SECONDS).sentence().contains("There is no connection"));
        assertEquals(2, agent.figures().commands());
        assertEquals(1, agent.figures().refused());
    }

    @Test
    void shouldTakeInTimeoutsAndLosses() {
        KernelConnection connection = connect();
        agent.desire(now -> now.with(bad.installed()));
        awaitOwner(connection, "bad");
        assertTrue(agent.offer(new SubflowTimeout(connection.token(), connection.tuple(), 200, 1, false)));
        assertTrue(agent.announce(new EventsLost("a test", 3)));
        List<Event> events = new ArrayList<>();
        Deadline.waitFor("the loss to be published", SOON, () -> {
            events.addAll(published());
            return events.contains(new EventsLost("a test", 3));
        });
        Deadline.waitFor("the timeout", SOON, () -> bad.heard.contains("timeout " + connection.token()));
    }

    @Test
    void shouldLeaveNothingToWaitForOnceItIsClosed() throws Exception {
        agent.close();
        assertTrue(agent.awaitReached(agent.desire(now -> now.without(good.installed())), 0));
        CompletableFuture<Outcome> outcome = new CompletableFuture<>();
        agent.submit(announce(new Token(1)), "a test", outcome::complete);
        assertInstanceOf(Outcome.NotSent.class, outcome.getNow(null));
        agent.settings(settings(999, 1));
        assertEquals(200, agent.settings().stuckCallMs());
    }
}
