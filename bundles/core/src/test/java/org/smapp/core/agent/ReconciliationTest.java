package org.smapp.core.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.smapp.core.agent.PathInHand.PEER;
import static org.smapp.core.agent.PathInHand.SECOND;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.smapp.api.ConnectionState;
import org.smapp.api.FourTuple;
import org.smapp.api.PathManagerType;
import org.smapp.api.Side;
import org.smapp.api.Token;
import org.smapp.api.TransportAddress;
import org.smapp.api.event.ConnectionClosed;
import org.smapp.api.event.ConnectionCreated;
import org.smapp.api.event.ConnectionEstablished;
import org.smapp.api.event.ControllerAssigned;
import org.smapp.api.event.Event;
import org.smapp.api.event.Recovered;
import org.smapp.api.event.SubflowClosed;
import org.smapp.api.event.SubflowEstablished;
import org.smapp.core.memory.Remembered;
import org.smapp.core.pm.PathManagerChannel;
import org.smapp.core.publish.Published;
import org.smapp.linux.NetworkNamespace;
import org.smapp.testkit.kernel.FakeKernel;
import org.smapp.testkit.kernel.KernelConnection;

/** How the table becomes what the kernel has, on the fake kernel and without a thread. */
final class ReconciliationTest {

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

    private KernelConnection known(Side side) {
        KernelConnection connection = kernel.connect(side, PathInHand.ends(1));
        hand.event(new ConnectionCreated(connection.token(), side, connection.tuple(), false));
        hand.published();
        return connection;
    }

    private TrackedConnection row(KernelConnection connection) {
        return hand.path.table().get(connection.token());
    }

    @Test
    void shouldFindWhatBeganBefore() throws Exception {
        KernelConnection connection = kernel.connect(Side.SERVER, PathInHand.ends(1));
        connection.establish();
        connection.join(JOINED, 1, 2, true);
        listen();
        FourTuple initial = connection.tuple();
        assertEquals(
                List.of(
                        new ConnectionCreated(connection.token(), Side.SERVER, initial, false),
                        new ConnectionEstablished(connection.token(), Side.SERVER, initial, false),
                        new SubflowEstablished(connection.token(), JOINED, 1, 2, true, 0),
                        new Recovered(1, 2, 0, "a test")),
                compare());
        TrackedConnection row = row(connection);
        assertTrue(row.recovered);
        assertEquals(PathManagerType.USER_SPACE, row.snapshot().pathManager());
        assertEquals(List.of("manage " + row.token), mesh.heard);
        assertEquals(1, reconciliation.count());
    }

    @Test
    void shouldNotTellTheEndOfAConnectionThatBeganAnew() throws Exception {
        KernelConnection connection = kernel.connect(Side.CLIENT, PathInHand.ends(1));
        listen();
        compare();
        assertEquals(ConnectionState.CREATED, row(connection).state());
        assertEquals(Side.CLIENT, row(connection).side);
        assertEquals(1, row(connection).remotes().size());
    }

    @Test
    void shouldSayNothingWhenNothingDiffers() throws Exception {
        listen();
        KernelConnection connection = kernel.connect(Side.CLIENT, PathInHand.ends(1));
        connection.establish();
        reconciliation.run("a test", false);
        assertEquals(1, hand.path.table().rows().size());
        hand.published();
        assertEquals(List.of(), compare());
        assertEquals(0, reconciliation.count());
        reconciliation.run("SMAPP started", true);
        assertEquals(List.of(new Recovered(1, 1, 0, "SMAPP started")), hand.published());
        assertEquals(1, reconciliation.count());
    }

    @Test
    void shouldForgetWhatIsGone() throws Exception {
        KernelConnection connection = known(Side.CLIENT);
        connection.abort();
        listen();
        assertEquals(List.of(new ConnectionClosed(connection.token()), new Recovered(0, 0, 0, "a test")), compare());
        assertNull(row(connection));
        assertTrue(mesh.heard.contains("released " + connection.token()));
    }

    @Test
    void shouldCorrectWhatItMissed() throws Exception {
        KernelConnection connection = known(Side.CLIENT);
        hand.event(new SubflowEstablished(connection.token(), PathInHand.ends(9), 1, 0, false, 2));
        hand.published();
        connection.establish();
        connection.join(JOINED, 1, 2, false);
        listen();
        List<Event> events = compare();
        assertEquals(4, events.size(), events::toString);
        assertEquals(
                new ConnectionEstablished(connection.token(), Side.CLIENT, connection.tuple(), false), events.get(0));
        assertEquals(PathInHand.ends(9), ((SubflowClosed) events.get(1)).tuple());
        assertEquals(JOINED, ((SubflowEstablished) events.get(2)).tuple());
        assertEquals(2, row(connection).subflows().size());
        assertEquals(
                List.of("manage", "subflow", "established", "subflow closed", "subflow"),
                mesh.heard.stream()
                        .map(each -> each.replace(" " + connection.token(), ""))
                        .toList());
        assertEquals(List.of(), compare());
    }

    @Test
    void shouldForgetASubflowThatTheKernelNeverOpened() throws Exception {
        KernelConnection connection = kernel.connect(Side.CLIENT, PathInHand.ends(1));
        listen();
        compare();
        mesh.last().create(SECOND, new TransportAddress(PEER, 443));
        assertEquals(2, row(connection).subflows().size());
        hand.published();
        List<Event> events = compare();
        assertEquals(2, events.size(), "the command went to the test and not to this kernel");
        assertEquals(1, row(connection).subflows().size());
    }

    @Test
    void shouldLeaveWhatTheKernelManagesAlone() throws Exception {
        kernel.userSpacePathManager(false);
        KernelConnection connection = kernel.connect(Side.CLIENT, PathInHand.ends(1));
        listen();
        compare();
        assertEquals(PathManagerType.IN_KERNEL, row(connection).snapshot().pathManager());
        assertEquals(List.of(), mesh.heard);
    }

    @Test
    void shouldTakeInTheEventsThatWaitFirst() throws Exception {
        listen();
        KernelConnection connection = kernel.connect(Side.CLIENT, PathInHand.ends(1));
        connection.establish();
        connection.close();
        reconciliation.run("a test", false);
        assertEquals(
                List.of("manage", "established", "released"),
                mesh.heard.stream()
                        .map(each -> each.replace(" " + connection.token(), ""))
                        .toList());
        assertEquals(0, hand.path.table().rows().size());
    }
}
