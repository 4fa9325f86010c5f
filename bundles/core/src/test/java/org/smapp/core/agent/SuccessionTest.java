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
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.smapp.api.Command;
import org.smapp.api.ControllerSnapshot;
import org.smapp.api.FourTuple;
import org.smapp.api.IpAddress;
import org.smapp.api.Outcome;
import org.smapp.api.Side;
import org.smapp.api.Token;
import org.smapp.api.TransportAddress;
import org.smapp.api.event.ConnectionClosed;
import org.smapp.api.event.ControllerQuarantined;
import org.smapp.api.event.Event;
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

/** One agent after the other: what becomes of connections, controllers and waiting requests. */
@Timeout(60)
final class SuccessionTest {

    private static final Duration SOON = Duration.ofSeconds(30);
    private static final IpAddress LOCAL = IpAddress.parse("192.0.2.1");
    private static final IpAddress SECOND = IpAddress.parse("198.51.100.1");
    private static final IpAddress PEER = IpAddress.parse("203.0.113.1");
    private final FakeKernel kernel = new FakeKernel();
    private final PublishQueue queue = new PublishQueue(10_000);
    private final ScriptedController good = new ScriptedController("good", "1.0.0");
    private final ScriptedController bad = new ScriptedController("bad", "1.0.0");
    private final CountDownLatch called = new CountDownLatch(1);
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

    private void block() {
        called.countDown();
        while (comesBack.getCount() > 0) {
            try {
                comesBack.await();
            } catch (InterruptedException e) {
                Thread.interrupted(); // as badly written code does
            }
        }
    }

    private void blockAt(KernelConnection connection) throws Exception {
        bad.onEvent = each -> block();
        agent.desire(now -> now.with(bad.installed()));
        awaitOwner(connection, "bad");
        connection.establish();
        assertTrue(called.await(SOON.toSeconds(), TimeUnit.SECONDS));
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

    @Test
    void shouldPutAnotherAgentInThePlaceOfOneThatIsStuck() throws Exception {
        KernelConnection connection = connect();
        Thread[] stuck = new Thread[1];
        Outcome[] late = new Outcome[1];
        bad.onManage = each -> stuck[0] = Thread.currentThread();
        blockAt(connection);
        awaitOwner(connection, "good");
        assertEquals(1, agent.replaced());
        assertEquals("smapp-agent-left-behind", stuck[0].getName());
        assertEquals(
                List.of(
                        new ControllerSnapshot("bad", "1.0.0", "test.bad", 0, whyBad()),
                        new ControllerSnapshot("good", "1.0.0", "test.good", 1, "")),
                agent.controllers());
        assertTrue(whyBad().startsWith("did not return from ConnectionEstablished for"), whyBad());
        bad.onEvent = each -> {};
        comesBack.countDown();
        Deadline.waitFor("the stuck thread to end", SOON, () -> !stuck[0].isAlive());
        late[0] = bad.last().announce(LOCAL);
        assertInstanceOf(Outcome.NotSent.class, late[0]);
        assertEquals(0, agent.figures().commands());
        assertEquals(
                1,
                published().stream()
                        .filter(ControllerQuarantined.class::isInstance)
                        .count());
    }

    private String whyBad() {
        return agent.controllers().get(0).quarantined();
    }

    @Test
    void shouldLetGoOfAControllerThatIsStuck() throws Exception {
        blockAt(connect());
        Desired without = agent.desire(now -> now.without(bad.installed()));
        assertTrue(agent.awaitReached(without, SOON.toMillis()));
        assertEquals(1, agent.controllers().size());
    }

    @Test
    void shouldAnswerRequestsThatWaitedForAStuckAgent() throws Exception {
        KernelConnection connection = connect();
        blockAt(connection);
        CompletableFuture<Outcome> outcome = new CompletableFuture<>();
        assertTrue(agent.submit(announce(connection.token()), "a test", outcome::complete));
        assertInstanceOf(Outcome.NotSent.class, outcome.get(SOON.toSeconds(), TimeUnit.SECONDS));
    }

    private static Command announce(Token token) {
        return new Command.Announce(token, new TransportAddress(SECOND, 0), Command.CHOOSE_ID);
    }

    @Test
    void shouldKeepEverythingWhenTheSettingsChange() throws Exception {
        KernelConnection stays = connect();
        agent.desire(now -> now.with(bad.installed()));
        awaitOwner(stays, "bad");
        long received = agent.figures().received();
        agent.settings(settings(200, 1_000));
        assertEquals(0, agent.replaced(), "nothing changed");
        agent.settings(settings(300, 1_000));
        awaitOwner(stays, "bad");
        assertEquals(1, agent.replaced());
        assertEquals(received, agent.figures().received());
        assertEquals(300, agent.settings().stuckCallMs());
        assertEquals(
                2, bad.heard.stream().filter(each -> each.startsWith("manage")).count());
    }

    @Test
    void shouldAnnounceTheEndOfWhatClosedMeanwhile() throws Exception {
        KernelConnection goes = connect();
        blockAt(goes);
        goes.abort();
        Deadline.waitFor("it to be gone", SOON, () -> agent.connections().isEmpty());
        List<Event> events = new ArrayList<>();
        Deadline.waitFor("its end to be published", SOON, () -> {
            events.addAll(published());
            return events.contains(new ConnectionClosed(goes.token()));
        });
    }

    @Test
    void shouldReviveAnAgentWhoseThreadDied() {
        KernelConnection connection = connect();
        AtomicInteger managed = new AtomicInteger();
        good.onManage = each -> managed.incrementAndGet();
        // a listener of outcomes is code of the platform: nobody catches what it throws
        agent.submit(announce(connection.token()), "a test", outcome -> {
            throw new IllegalStateException("on purpose");
        });
        Deadline.waitFor("another agent", SOON, () -> agent.replaced() == 1);
        awaitOwner(connection, "");
        agent.desire(now -> now.withRules(List.of(new Rule("all", 0, Conditions.ANY, "good"))));
        awaitOwner(connection, "good");
        assertEquals(1, managed.get());
    }
}
