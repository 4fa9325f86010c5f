package org.smapp.core.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.smapp.core.agent.PathInHand.ENDS;
import static org.smapp.core.agent.PathInHand.LOCAL;
import static org.smapp.core.agent.PathInHand.PEER;
import static org.smapp.core.agent.PathInHand.SECOND;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.smapp.api.CloseCause;
import org.smapp.api.Command;
import org.smapp.api.ConnectionState;
import org.smapp.api.FourTuple;
import org.smapp.api.IpAddress;
import org.smapp.api.RemoteAddress;
import org.smapp.api.Side;
import org.smapp.api.Subflow;
import org.smapp.api.SubflowState;
import org.smapp.api.Token;
import org.smapp.api.TransportAddress;
import org.smapp.api.event.AddressAnnounced;
import org.smapp.api.event.AddressRemoved;
import org.smapp.api.event.ConnectionClosed;
import org.smapp.api.event.ConnectionCreated;
import org.smapp.api.event.ConnectionEstablished;
import org.smapp.api.event.SubflowClosed;
import org.smapp.api.event.SubflowEstablished;
import org.smapp.api.event.SubflowPriority;
import org.smapp.api.event.SubflowTimeout;

/** What the table knows after each event. */
final class ConnectionTableTest {

    private static final Token TOKEN = new Token(1);
    private static final FourTuple OTHER = new FourTuple(SECOND, 50_000, PEER, 443);
    private static final TransportAddress PEERS_SECOND = new TransportAddress(IpAddress.parse("203.0.113.2"), 443);

    private final ConnectionTable table =
            new ConnectionTable(address -> address.equals(LOCAL) ? "wan1" : "wan2", () -> 77);

    private TrackedConnection created(Side side, boolean deny) {
        return table.apply(new ConnectionCreated(TOKEN, side, ENDS, deny));
    }

    private static SubflowEstablished joined(FourTuple ends, int localId, int remoteId, boolean backup) {
        return new SubflowEstablished(TOKEN, ends, localId, remoteId, backup, 2);
    }

    private static SubflowClosed closed(FourTuple ends) {
        return new SubflowClosed(TOKEN, ends, 1, 0, false, 2, CloseCause.ORDERLY);
    }

    private static Command.CreateSubflow create(TransportAddress remote, int localPort, boolean backup) {
        return new Command.CreateSubflow(TOKEN, new TransportAddress(SECOND, localPort), 3, remote, backup, 0);
    }

    @Test
    void shouldKnowAConnectionFromItsBeginning() {
        TrackedConnection row = created(Side.CLIENT, false);
        assertSame(row, table.get(TOKEN));
        assertEquals(ConnectionState.CREATED, row.state());
        assertEquals("wan1", row.interfaceName);
        assertEquals(List.of(new Subflow(ENDS, 0, 0, SubflowState.ESTABLISHED, false, "wan1")), row.subflows());
        assertEquals(Instant.ofEpochMilli(77), row.snapshot().since());
        assertFalse(row.snapshot().recovered());
        assertSame(row, table.apply(new ConnectionEstablished(TOKEN, Side.CLIENT, ENDS, false)));
        assertEquals(ConnectionState.ESTABLISHED, row.state());
    }

    @Test
    void shouldJoinOnlyTheEndThatListens() {
        assertEquals(
                List.of(new RemoteAddress(0, ENDS.remote())),
                created(Side.CLIENT, false).remotes());
        table.apply(new ConnectionClosed(TOKEN));
        assertEquals(List.of(), created(Side.SERVER, false).remotes());
        table.apply(new ConnectionClosed(TOKEN));
        assertEquals(List.of(), created(Side.CLIENT, true).remotes(), "the peer denies joins to that address");
    }

    @Test
    void shouldKnowAMappedPeerByItsIpv4Address() {
        FourTuple mapped = new FourTuple(LOCAL.mapped(), 40_001, PEER.mapped(), 443);
        TrackedConnection row = table.apply(new ConnectionCreated(TOKEN, Side.CLIENT, mapped, false));
        assertEquals(List.of(new RemoteAddress(0, new TransportAddress(PEER, 443))), row.remotes());
        assertEquals("wan1", row.interfaceName);
    }

    @Test
    void shouldFindAConnectionWhoseBeginningWasMissed() {
        TrackedConnection row = table.apply(new ConnectionEstablished(TOKEN, Side.SERVER, ENDS, false));
        assertSame(row, table.get(TOKEN));
        assertEquals(ConnectionState.ESTABLISHED, row.state());
    }

    @Test
    void shouldNotBringBackWhatHasClosed() {
        created(Side.CLIENT, false);
        table.apply(new ConnectionClosed(TOKEN));
        assertNull(table.get(TOKEN));
        assertNull(table.apply(new ConnectionEstablished(TOKEN, Side.CLIENT, ENDS, false)));
        assertNull(table.get(TOKEN));
        created(Side.CLIENT, false);
        assertSame(table.get(TOKEN), table.apply(new ConnectionEstablished(TOKEN, Side.CLIENT, ENDS, false)));
    }

    @Test
    void shouldForgetTokensThatClosedLongAgo() {
        table.apply(new ConnectionClosed(TOKEN));
        for (int i = 0; i < 255; i++) {
            table.apply(new ConnectionClosed(new Token(100 + i)));
        }
        assertNull(table.apply(new ConnectionEstablished(TOKEN, Side.CLIENT, ENDS, false)));
        table.apply(new ConnectionClosed(new Token(1_000)));
        assertSame(table.apply(new ConnectionEstablished(TOKEN, Side.CLIENT, ENDS, false)), table.get(TOKEN));
    }

    @Test
    void shouldTellAnotherConnectionWithTheSameTokenFromTheSameOneToldTwice() {
        TrackedConnection row = created(Side.CLIENT, false);
        assertSame(row, created(Side.CLIENT, false));
        assertNotSame(row, table.apply(new ConnectionCreated(TOKEN, Side.CLIENT, OTHER, false)));
        assertEquals(1, table.rows().size());
    }

    @Test
    void shouldFollowThePeersAddresses() {
        TrackedConnection row = created(Side.SERVER, false);
        AddressAnnounced announced = new AddressAnnounced(TOKEN, 2, PEERS_SECOND);
        assertSame(row, table.apply(announced));
        List<RemoteAddress> before = row.remotes();
        assertEquals(List.of(new RemoteAddress(2, PEERS_SECOND)), before);
        table.apply(announced);
        assertSame(before, row.remotes());
        table.apply(new AddressAnnounced(TOKEN, 2, ENDS.remote()));
        assertEquals(List.of(new RemoteAddress(2, ENDS.remote())), row.remotes());
        assertSame(row, table.apply(new AddressRemoved(TOKEN, 3)));
        assertEquals(1, row.remotes().size());
        table.apply(new AddressRemoved(TOKEN, 2));
        assertEquals(List.of(), row.remotes());
    }

    @Test
    void shouldChooseIdsThatWereLeftOpen() {
        TrackedConnection row = created(Side.CLIENT, false);
        TransportAddress second = new TransportAddress(SECOND, 0);
        Command.CreateSubflow create =
                new Command.CreateSubflow(TOKEN, second, Command.CHOOSE_ID, ENDS.remote(), true, 9);
        assertEquals(new Command.CreateSubflow(TOKEN, second, 1, ENDS.remote(), true, 9), row.withIds(create));
        assertEquals(
                new Command.Announce(TOKEN, second, 1),
                row.withIds(new Command.Announce(TOKEN, second, Command.CHOOSE_ID)));
        Command.Announce chosen = new Command.Announce(TOKEN, second, 8);
        assertSame(chosen, row.withIds(chosen));
        Command.CreateSubflow whole = new Command.CreateSubflow(TOKEN, second, 8, ENDS.remote(), true, 9);
        assertSame(whole, row.withIds(whole));
    }

    @Test
    void shouldTakeAPeersAddressFromASubflowOfARecoveredConnection() {
        table.recovering(true);
        TrackedConnection row = created(Side.CLIENT, false);
        table.recovering(false);
        assertTrue(row.snapshot().recovered());
        FourTuple toSecond = new FourTuple(SECOND, 50_000, PEERS_SECOND.address(), 443);
        table.apply(joined(toSecond, 1, 6, false));
        assertTrue(row.remotes().contains(new RemoteAddress(6, PEERS_SECOND)));
        table.apply(joined(OTHER, 1, 0, false));
        assertEquals(2, row.remotes().size());
    }

    @Test
    void shouldPassOverWhatIsAboutNoConnectionItKnows() {
        assertNull(table.apply(new AddressAnnounced(TOKEN, 2, PEERS_SECOND)));
        assertNull(table.apply(new AddressRemoved(TOKEN, 2)));
        assertNull(table.apply(joined(OTHER, 1, 0, false)));
        assertNull(table.apply(closed(OTHER)));
        assertNull(table.apply(new SubflowPriority(TOKEN, OTHER, 1, 0, true, 2)));
        assertEquals(0, table.rows().size());
    }

    @Test
    void shouldFindTheRowOfWhatChangesNothing() {
        TrackedConnection row = created(Side.CLIENT, false);
        assertSame(row, table.apply(new SubflowTimeout(TOKEN, ENDS, 200, 1, false)));
    }
}
