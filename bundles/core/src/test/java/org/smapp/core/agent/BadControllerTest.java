package org.smapp.core.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.osgi.framework.Version;
import org.smapp.api.ConnectionSnapshot;
import org.smapp.api.IpAddress;
import org.smapp.api.Outcome;
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

/** A controller that misbehaves loses its connections to the next rule, and nobody else notices. */
@Timeout(60)
final class BadControllerTest {

    private static final Duration SOON = Duration.ofSeconds(10);
    private static final long STUCK_MS = 300;

    private GatewayLab lab;
    private Supervisor agent;
    private Download download;
    private Payload payload;

    @BeforeEach
    void open() throws Exception {
        LabAssumptions.traffic(Link.Kind.best());
        lab = GatewayLab.open("bad-" + ProcessHandle.current().pid());
        lab.gateway().sysctl("net.mptcp.pm_type", "1");
        agent = Supervisor.start(
                lab.lab().linux(),
                lab.gateway().namespace(),
                settings(STUCK_MS),
                new PublishQueue(1024),
                new ConnectionMemory(new MemoryFile(null)),
                AgentClock.SYSTEM);
        agent.desire(now -> now.withRules(
                List.of(new Rule("first", 1, Conditions.ANY, "bad"), new Rule("then", 0, Conditions.ANY, "good"))));
        agent.desire(now -> now.with(installed("good", 1, connection -> {})));
    }

    private static AgentSettings settings(long stuckMs) {
        return new AgentSettings(1 << 20, 1_000, 0, 50, stuckMs, 100, AddressFilter.DEFAULT);
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

    private interface Act {
        void on(Connection connection);
    }

    private static InstalledController installed(String name, long id, Act act) {
        return new InstalledController(name, Version.emptyVersion, "test", id, connection -> new ConnectionHandler() {
            @Override
            public void onEstablished(ConnectionEstablished event) {
                act.on(connection);
            }
        });
    }

    private ConnectionSnapshot connectionAfter(Act act) {
        agent.desire(now -> now.with(installed("bad", 2, act)));
        download();
        Deadline.waitFor(
                "the connection to come to the good controller",
                SOON,
                () -> agent.connections().stream()
                        .anyMatch(each -> each.controller().equals("good")));
        return agent.connections().iterator().next();
    }

    private void download() {
        payload = Payload.write(lab.lab().directory().resolve("file.bin"), 4 << 20, 1);
        WebServer server = WebServer.start(lab.lab(), lab.server(), lab.lab().directory(), 8080);
        download = Download.start(lab.lab(), lab.gateway(), server.url(GatewayLab.SERVER, "file.bin"));
    }

    private String whyQuarantined() {
        return agent.controllers().stream()
                .filter(each -> each.name().equals("bad"))
                .findFirst()
                .orElseThrow()
                .quarantined();
    }

    @Test
    void shouldShutOutOneThatBlocks() {
        CountDownLatch comesBack = new CountDownLatch(1);
        AtomicReference<Outcome> late = new AtomicReference<>();
        AtomicReference<Thread> stuck = new AtomicReference<>();
        ConnectionSnapshot connection = connectionAfter(each -> {
            stuck.set(Thread.currentThread());
            awaitStubbornly(comesBack);
            late.set(each.announce(IpAddress.parse("10.71.2.2")));
        });

        assertEquals(1, connection.subflows().size());
        assertTrue(whyQuarantined().contains("did not return from ConnectionEstablished"), whyQuarantined());
        assertEquals(1, agent.replaced());
        comesBack.countDown();
        Deadline.waitFor("the stuck thread to end", SOON, () -> !stuck.get().isAlive());
        assertTrue(late.get() instanceof Outcome.NotSent, "" + late.get());
        assertEquals(0, agent.figures().commands());
        assertEquals(payload.sha256(), download.await(Duration.ofSeconds(30)).sha256());
        Deadline.waitFor(
                "the connection to close", SOON, () -> agent.connections().isEmpty());
    }

    private static void awaitStubbornly(CountDownLatch latch) {
        while (latch.getCount() > 0) {
            try {
                latch.await();
            } catch (InterruptedException e) {
                Thread.interrupted(); // as badly written code does
            }
        }
    }

    @Test
    void shouldShutOutOneThatSpins() {
        CountDownLatch enough = new CountDownLatch(1);
        connectionAfter(each -> {
            while (enough.getCount() > 0) {
                Thread.onSpinWait();
            }
        });
        assertTrue(whyQuarantined().contains("did not return"), whyQuarantined());
        enough.countDown();
    }

    @Test
    void shouldTakeOutOneThatFloods() {
        connectionAfter(each -> {
            for (int i = 0; i < 10_000; i++) {
                each.announce(IpAddress.parse("10.71.2.2"));
            }
        });
        assertTrue(whyQuarantined().contains("more than 100 commands"), whyQuarantined());
        assertEquals(100, agent.figures().commands());
        assertEquals(0, agent.replaced());
    }

    @Test
    void shouldTakeOutOneThatThrows() {
        connectionAfter(each -> {
            throw new AssertionError("on purpose");
        });
        assertTrue(whyQuarantined().contains("on purpose"), whyQuarantined());
        assertEquals(0, agent.replaced());
    }

    @Test
    void shouldKeepConnectionsAndControllersWhenTheSettingsChange() throws Exception {
        ConnectionSnapshot before = connectionAfter(each -> {
            throw new AssertionError("on purpose");
        });
        agent.settings(new AgentSettings(
                1 << 21, 2_000, 0, 60, 400, 200, new AddressFilter(List.of(), List.of("wan2"), false, false, false)));
        assertFalse(agent.localAddresses().stream()
                .anyMatch(each -> each.interfaceName().equals("wan2")));
        Deadline.waitFor(
                "the connection to have its controller again",
                SOON,
                () -> agent.connections().stream()
                        .anyMatch(each -> each.controller().equals("good")));
        ConnectionSnapshot after = agent.connections().iterator().next();
        assertEquals(before.token(), after.token());
        assertEquals(before.subflows(), after.subflows());
        assertTrue(whyQuarantined().contains("on purpose"), whyQuarantined());
    }

    @Test
    void shouldAnswerOthersWhileAChangeOfSettingsWaitsForAController() throws Exception {
        agent.settings(settings(60_000));
        CountDownLatch called = new CountDownLatch(1);
        CountDownLatch comesBack = new CountDownLatch(1);
        agent.desire(now -> now.with(installed("bad", 2, each -> {
            called.countDown();
            awaitStubbornly(comesBack);
        })));
        download();
        assertTrue(called.await(SOON.toSeconds(), TimeUnit.SECONDS));
        CompletableFuture<Void> change = CompletableFuture.runAsync(() -> {
            try {
                agent.settings(settings(61_000));
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
        assertTimeoutPreemptively(SOON, () -> {
            Deadline.waitFor("the change to begin", SOON, () -> agent.settings().stuckCallMs() == 61_000);
            agent.figures();
            agent.desire(now -> now.with(installed("other", 3, each -> {})));
        });
        assertFalse(change.isDone());
        comesBack.countDown();
        change.get(SOON.toSeconds(), TimeUnit.SECONDS);
        Deadline.waitFor(
                "the next agent to have all controllers",
                SOON,
                () -> agent.controllers().size() == 3);
    }
}
