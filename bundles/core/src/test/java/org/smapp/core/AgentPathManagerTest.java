package org.smapp.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.smapp.api.Command;
import org.smapp.api.ConnectionSnapshot;
import org.smapp.api.FourTuple;
import org.smapp.api.Health;
import org.smapp.api.IpAddress;
import org.smapp.api.Outcome;
import org.smapp.api.PathTrouble;
import org.smapp.api.Side;
import org.smapp.api.Token;
import org.smapp.api.TransportAddress;
import org.smapp.api.event.CommandDone;
import org.smapp.api.event.EventsLost;
import org.smapp.api.event.JournalEntry;
import org.smapp.api.event.Recovered;
import org.smapp.api.event.SubflowTimeout;
import org.smapp.linux.Errno;
import org.smapp.testkit.kernel.FakeKernel;
import org.smapp.testkit.kernel.KernelConnection;
import org.smapp.testkit.lab.Deadline;

/** What others see of an agent on a fake kernel, and ask of it. */
@Timeout(60)
final class AgentPathManagerTest {

    private static final Duration SOON = Duration.ofSeconds(10);
    private static final IpAddress FIRST = IpAddress.parse("192.0.2.1");
    private static final IpAddress SECOND = IpAddress.parse("198.51.100.1");
    private static final FourTuple ENDS = new FourTuple(FIRST, 40_001, IpAddress.parse("203.0.113.1"), 443);

    private final FakeKernel kernel = new FakeKernel();
    private RunningAgent running;
    private AgentPathManager pathManager;

    @BeforeEach
    void start() throws Exception {
        kernel.link("wan1").add(FIRST, 24).defaultRoute(true);
        kernel.link("wan2").add(SECOND, 24).defaultRoute(true);
        running = RunningAgent.on(kernel);
        pathManager = running.pathManager();
    }

    @AfterEach
    void close() {
        running.close();
    }

    private KernelConnection connected() {
        KernelConnection connection = kernel.connect(Side.CLIENT, ENDS);
        connection.establish();
        Deadline.waitFor("the connection", SOON, () -> pathManager.connections().size() == 1);
        return connection;
    }

    private Outcome submit(Command command) throws Exception {
        return pathManager.submit(command, "a test").toCompletableFuture().get(10, TimeUnit.SECONDS);
    }

    private <T> T journalled(Class<T> type) {
        Deadline.waitFor(
                type.getSimpleName() + " in the journal",
                SOON,
                () -> pathManager.journal().stream().map(JournalEntry::event).anyMatch(type::isInstance));
        return pathManager.journal().stream()
                .map(JournalEntry::event)
                .filter(type::isInstance)
                .map(type::cast)
                .findFirst()
                .orElseThrow();
    }

    @Test
    void shouldCarryOutACommandAndNoteWhy() throws Exception {
        KernelConnection connection = connected();
        Outcome outcome = submit(new Command.CreateSubflow(
                connection.token(), new TransportAddress(SECOND, 0), Command.CHOOSE_ID, ENDS.remote(), false, 0));
        assertTrue(outcome.isAccepted(), outcome::toString);
        assertEquals(2, connection.subflows().size());
        CommandDone done = journalled(CommandDone.class);
        assertEquals("a test", done.reason());
        assertEquals(1, pathManager.health().commands());
    }

    @Test
    void shouldTellARefusalInASentence() throws Exception {
        Outcome outcome = submit(new Command.DestroySubflow(new Token(99), ENDS));
        assertTrue(outcome.sentence().contains("There is no connection 00000063"), outcome::sentence);
    }

    @Test
    void shouldShowTheOldestConnectionFirst() {
        for (int i = 0; i < 5; i++) {
            kernel.connect(Side.CLIENT, new FourTuple(FIRST, 50_000 - i, ENDS.remoteAddress(), 443));
            int count = i + 1;
            Deadline.waitFor(
                    "connection " + count, SOON, () -> pathManager.connections().size() == count);
        }
        List<ConnectionSnapshot> shown = pathManager.connections();
        for (int i = 1; i < shown.size(); i++) {
            assertTrue(!shown.get(i).since().isBefore(shown.get(i - 1).since()), shown::toString);
        }
    }

    @Test
    void shouldShowAllAddressesThoughSubflowsCantUseAll() {
        List<IpAddress> usable = pathManager.localAddresses().stream()
                .map(each -> each.address())
                .toList();
        List<IpAddress> all = pathManager.hostAddresses().stream()
                .map(each -> each.address().address())
                .toList();
        assertEquals(List.of(FIRST, SECOND), usable);
        assertEquals(List.of(IpAddress.parse("127.0.0.1"), FIRST, SECOND), all);
    }

    @Test
    void shouldSayHowTheAgentIs() {
        Health fresh = pathManager.health();
        assertEquals(RunningAgent.SINCE, fresh.subscribedSince());
        assertNull(fresh.lastEvent());
        assertEquals("none", fresh.timeoutSource());

        running.timeouts().describe("eBPF", "it works");
        connected();
        journalled(Recovered.class);
        Deadline.waitFor(
                "both events to be counted", SOON, () -> pathManager.health().events() == 2);
        Health health = pathManager.health();
        assertEquals(1, health.connections());
        assertNotNull(health.lastEvent());
        assertEquals("eBPF", health.timeoutSource());
        assertEquals("it works", health.timeoutReason());
        assertEquals(1, health.latestRecoveries().size(), "the first look at the kernel");
        assertEquals(List.of(), health.quarantined());
        assertEquals(List.of(), pathManager.warnings());
    }

    @Test
    void shouldSayWhySubflowsCarryNothing() throws Exception {
        KernelConnection connection = connected();
        FourTuple joined = new FourTuple(SECOND, 50_000, ENDS.remoteAddress(), 443);
        connection.join(joined, 1, 0, false);
        connection.closeSubflow(joined, Errno.ECONNREFUSED);
        Deadline.waitFor("the trouble", SOON, () -> !pathManager.pathTroubles().isEmpty());
        PathTrouble trouble = pathManager.pathTroubles().get(0);
        assertEquals(joined.fromAnyPort(), trouble.pair());
        assertTrue(trouble.cause().contains("reset"), trouble::cause);
    }

    @Test
    void shouldTakeTimeoutsInAndSayHowManyWereLost() {
        KernelConnection connection = connected();
        running.timeouts().offer(new SubflowTimeout(connection.token(), ENDS, 200, 1, false));
        Deadline.waitFor("the expiry", SOON, () -> pathManager.health().inbox() == 0);
        running.timeouts().lost(0);
        running.timeouts().lost(3);
        assertEquals(3, journalled(EventsLost.class).count());
        assertEquals(
                1,
                pathManager.journal().stream()
                        .filter(each -> each.event() instanceof EventsLost)
                        .count());
        assertTrue(running.timeouts().namespace().endsWith("/ns/net"));
    }
}
