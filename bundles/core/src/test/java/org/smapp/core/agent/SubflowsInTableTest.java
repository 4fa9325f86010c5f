package org.smapp.core.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.smapp.core.agent.PathInHand.ENDS;
import static org.smapp.core.agent.PathInHand.LOCAL;
import static org.smapp.core.agent.PathInHand.PEER;
import static org.smapp.core.agent.PathInHand.SECOND;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.smapp.api.CloseCause;
import org.smapp.api.Command;
import org.smapp.api.FourTuple;
import org.smapp.api.IpAddress;
import org.smapp.api.Side;
import org.smapp.api.Subflow;
import org.smapp.api.SubflowState;
import org.smapp.api.Token;
import org.smapp.api.TransportAddress;
import org.smapp.api.event.AddressAnnounced;
import org.smapp.api.event.ConnectionCreated;
import org.smapp.api.event.SubflowClosed;
import org.smapp.api.event.SubflowEstablished;
import org.smapp.api.event.SubflowPriority;

/** What the connection table knows of subflows. */
final class SubflowsInTableTest {

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
    void shouldFollowSubflowsThatThePeerOpens() {
        TrackedConnection row = created(Side.SERVER, false);
        List<Subflow> before = row.subflows();
        assertSame(row, table.apply(joined(OTHER, 1, 5, true)));
        assertEquals(1, before.size(), "lists are replaced, never changed");
        assertEquals(
                new Subflow(OTHER, 1, 5, SubflowState.ESTABLISHED, true, "wan2"),
                row.subflows().get(1));
        assertEquals(1, row.ids.of(new TransportAddress(SECOND, 0)));
        table.apply(new SubflowPriority(TOKEN, OTHER, 1, 5, false, 2));
        assertFalse(row.subflows().get(1).backup());
        table.apply(new SubflowPriority(TOKEN, PathInHand.ends(9), 1, 5, true, 2));
        assertFalse(row.snapshot().backup());
        table.apply(closed(ENDS));
        table.apply(closed(ENDS));
        assertEquals(1, row.subflows().size());
        table.apply(new SubflowPriority(TOKEN, OTHER, 1, 5, true, 2));
        assertTrue(row.snapshot().backup(), "all it has is for backup");
        table.apply(closed(OTHER));
        assertFalse(row.snapshot().backup(), "it has none");
    }

    @Test
    void shouldKnowASubflowAgainThatWasAskedFor() {
        TrackedConnection row = created(Side.CLIENT, false);
        row.accepted(create(ENDS.remote(), 0, true), address -> "wan2");
        FourTuple asked = new FourTuple(SECOND, 0, PEER, 443);
        assertEquals(
                new Subflow(asked, 3, 0, SubflowState.CONNECTING, true, "wan2"),
                row.subflows().get(1));
        table.apply(joined(OTHER, 3, 0, false));
        assertEquals(2, row.subflows().size());
        assertEquals(
                new Subflow(OTHER, 3, 0, SubflowState.ESTABLISHED, true, "wan2"),
                row.subflows().get(1),
                "the kernel does not repeat that it was asked for as a backup");
    }

    @Test
    void shouldForgetASubflowThatWasAskedForAndFailed() {
        TrackedConnection row = created(Side.CLIENT, false);
        row.accepted(create(ENDS.remote(), 0, false), address -> "wan2");
        table.apply(closed(OTHER));
        assertEquals(1, row.subflows().size());
        row.accepted(create(ENDS.remote(), 7, false), address -> "wan2");
        table.apply(closed(OTHER));
        assertEquals(2, row.subflows().size(), "it was asked for from another port");
        table.apply(joined(OTHER, 1, 0, false));
        assertEquals(3, row.subflows().size());
    }

    @Test
    void shouldKnowTheIdOfTheAddressThatASubflowWasAskedForTo() {
        TrackedConnection row = created(Side.CLIENT, false);
        table.apply(new AddressAnnounced(TOKEN, 4, PEERS_SECOND));
        row.accepted(create(PEERS_SECOND, 0, false), address -> "wan2");
        assertEquals(4, row.subflows().get(1).remoteId());
    }

    @Test
    void shouldNoteABackupMarkOfItsOwn() {
        TrackedConnection row = created(Side.CLIENT, false);
        row.accepted(new Command.SetBackup(TOKEN, ENDS, true), address -> "");
        assertTrue(row.subflows().get(0).backup());
        row.accepted(new Command.Withdraw(TOKEN, 1), address -> "");
        assertEquals(1, row.subflows().size());
    }
}
