package org.smapp.core.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.smapp.core.agent.PathInHand.PEER;
import static org.smapp.core.agent.PathInHand.SECOND;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.smapp.api.FourTuple;
import org.smapp.api.RemoteAddress;
import org.smapp.api.Side;
import org.smapp.api.Token;
import org.smapp.api.TransportAddress;
import org.smapp.api.event.ControllerAssigned;
import org.smapp.api.event.Event;
import org.smapp.api.event.Recovered;
import org.smapp.api.event.SubflowClosed;
import org.smapp.core.memory.Remembered;
import org.smapp.core.pm.PathManagerChannel;
import org.smapp.core.publish.Published;
import org.smapp.linux.NetworkNamespace;
import org.smapp.testkit.kernel.FakeKernel;
import org.smapp.testkit.kernel.KernelConnection;

/** What a comparison takes from memory because the kernel cannot tell it. */
final class ReconciliationMemoryTest {

    private static final FourTuple JOINED = new FourTuple(SECOND, 50_000, PEER, 443);
    private final PathInHand hand = new PathInHand();
    private final FakeKernel kernel = hand.kernel;
    private final ScriptedController mesh = new ScriptedController("mesh", "1.0.0");
    private final Map<Token, Remembered> memory = new HashMap<>();
    private PathManagerChannel channel;
    private Reconciliation reconciliation;

    @BeforeEach
    void rule() {
        hand.rules("mesh");
        hand.come(mesh);
        hand.published();
    }

    @AfterEach
    void close() {
        channel.close();
    }

    /** Listens from now on: what was before is found by asking only. */
    private void listen() throws Exception {
        channel = PathManagerChannel.open(kernel, NetworkNamespace.current(), 1 << 16);
        reconciliation = new Reconciliation(
                channel, PathInHand.sockets(kernel), hand.path.table(), hand.path.flow(), hand.clock, memory::get);
    }

    private List<Event> compare() throws Exception {
        reconciliation.run("a test", false);
        List<Published> all = hand.publishedAll();
        assertTrue(
                all.stream().allMatch(each -> each.recovered() || each.event() instanceof Recovered || isOwn(each)),
                all::toString);
        return all.stream().filter(each -> !isOwn(each)).map(Published::event).toList();
    }

    private static boolean isOwn(Published published) {
        return published.event() instanceof ControllerAssigned;
    }

    private TrackedConnection row(KernelConnection connection) {
        return hand.path.table().get(connection.token());
    }

    @Test
    void shouldRememberWhatTheKernelCannotTell() throws Exception {
        KernelConnection connection = kernel.connect(Side.CLIENT, PathInHand.ends(1));
        RemoteAddress announced = new RemoteAddress(3, new TransportAddress(SECOND, 443));
        memory.put(connection.token(), new Remembered(connection.tuple(), Side.SERVER, true, List.of(announced)));
        listen();
        compare();
        TrackedConnection row = row(connection);
        assertEquals(Side.SERVER, row.side, "what is remembered is better than what the sockets look like");
        assertTrue(row.denyJoinId0);
        assertEquals(List.of(announced), row.remotes());
    }

    @Test
    void shouldNotTakeTheMemoryOfAnotherConnection() throws Exception {
        KernelConnection connection = kernel.connect(Side.CLIENT, PathInHand.ends(1));
        RemoteAddress announced = new RemoteAddress(3, new TransportAddress(SECOND, 443));
        memory.put(connection.token(), new Remembered(PathInHand.ends(2), Side.SERVER, true, List.of(announced)));
        listen();
        compare();
        assertEquals(Side.CLIENT, row(connection).side);
        assertFalse(row(connection).denyJoinId0);
    }

    @Test
    void shouldKnowAConnectionThatHasLostItsFirstSubflow() throws Exception {
        KernelConnection connection = kernel.connect(Side.SERVER, PathInHand.ends(1));
        connection.establish();
        connection.join(JOINED, 1, 2, false);
        connection.closeSubflow(connection.tuple(), 0);
        listen();
        List<Event> events = compare();
        assertTrue(
                events.stream()
                        .anyMatch(each -> each instanceof SubflowClosed closed
                                && closed.tuple().equals(connection.tuple())),
                events::toString);
        assertEquals(1, row(connection).subflows().size());
        assertEquals(JOINED, row(connection).subflows().get(0).tuple());
        assertEquals(Side.SERVER, row(connection).side, "the peer opened the subflow that is left");
    }
}
