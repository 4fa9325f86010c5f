package org.smapp.core.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.smapp.core.agent.PathInHand.PEER;
import static org.smapp.core.agent.PathInHand.SECOND;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.smapp.api.CloseCause;
import org.smapp.api.Command;
import org.smapp.api.FourTuple;
import org.smapp.api.PathManagerType;
import org.smapp.api.Side;
import org.smapp.api.Token;
import org.smapp.api.event.CommandDone;
import org.smapp.api.event.ConnectionClosed;
import org.smapp.api.event.ConnectionCreated;
import org.smapp.api.event.EventsLost;
import org.smapp.api.event.LocalAddressAdded;
import org.smapp.api.event.SubflowClosed;
import org.smapp.api.event.SubflowEstablished;

/** What becomes of events that the kernel did not tell by itself, and of joins that stand alone. */
final class EventsFoundTest {

    private static final FourTuple OTHER = new FourTuple(SECOND, 50_000, PEER, 443);
    private final PathInHand hand = new PathInHand();
    private final EventFlow flow = hand.path.flow();
    private final ScriptedController mesh = new ScriptedController("mesh", "1.0.0");

    @BeforeEach
    void rule() {
        hand.rules("mesh");
        hand.come(mesh);
    }

    @Test
    void shouldGiveWhatItFoundToItsControllerOnceEverythingIsKnown() {
        Token token = new Token(1);
        flow.found(
                List.of(
                        new ConnectionCreated(token, Side.CLIENT, PathInHand.ends(1), false),
                        new SubflowEstablished(token, OTHER, 1, 0, false, 2)),
                PathManagerType.USER_SPACE);
        assertEquals(List.of("manage 00000001"), mesh.heard);
        assertEquals(2, mesh.last().subflows().size());
        assertTrue(hand.path.snapshots().all().iterator().next().recovered());
        assertEquals(
                List.of(true, true, false),
                hand.publishedAll().stream()
                        .filter(each -> !(each.event() instanceof LocalAddressAdded))
                        .map(each -> each.recovered())
                        .toList());
        flow.recovered(new SubflowClosed(token, OTHER, 1, 0, false, 0, CloseCause.ORDERLY));
        assertTrue(hand.publishedAll().get(0).recovered());
        assertEquals("subflow closed 00000001", mesh.heard.get(1));
        hand.created(2);
        assertFalse(hand.row(2).recovered);
    }

    @Test
    void shouldFindNothingInNoEvents() {
        flow.found(List.of(), PathManagerType.USER_SPACE);
        flow.found(List.of(new ConnectionClosed(new Token(1))), PathManagerType.USER_SPACE);
        assertEquals(0, hand.path.table().rows().size());
    }

    @Test
    void shouldRememberWhatWasTouchedDuringAComparison() {
        hand.created(1);
        flow.beginComparison();
        hand.created(2);
        assertFalse(flow.isTouched(new Token(1)));
        assertTrue(flow.isTouched(new Token(2)));
        flow.endComparison();
        assertFalse(flow.isTouched(new Token(2)));
    }

    @Test
    void shouldCountAndPublishWhatWasLost() {
        hand.published();
        flow.malformed("too short");
        flow.overrun();
        assertTrue(flow.takeOverrun());
        assertFalse(flow.takeOverrun());
        assertEquals(1, flow.malformedCount());
        assertEquals(1, flow.overrunCount());
        assertEquals(
                List.of(1L, -1L),
                hand.published(EventsLost.class).stream().map(EventsLost::count).toList());
    }

    @Test
    void shouldAnnounceTheEndOfAConnectionThatOnlyOthersKnow() {
        hand.published();
        flow.announceEnd(new Token(9));
        assertEquals(new ConnectionClosed(new Token(9)), hand.published().get(0));
        flow.announce(new EventsLost("a test", 3));
        assertEquals(new EventsLost("a test", 3), hand.published().get(0));
    }

    @Test
    void shouldWakeThePeerAfterAJoinThatStandsAlone() {
        hand.created(1);
        joinAlone();
        hand.pass(Duration.ofMillis(999));
        assertEquals(List.of(), hand.commands);
        hand.pass(Duration.ofMillis(1));
        assertEquals(List.of(new Command.SetBackup(new Token(1), OTHER, false)), hand.commands);
        CommandDone done = hand.published(CommandDone.class).get(0);
        assertEquals("smapp", done.controller());
    }

    private void joinAlone() {
        Token token = new Token(1);
        hand.event(new SubflowClosed(token, hand.row(1).tuple, 0, 0, false, 1, CloseCause.ORDERLY));
        hand.event(new SubflowEstablished(token, OTHER, 1, 0, false, 2));
    }

    @Test
    void shouldNotWakeAPeerThatHasNoReasonToSleep() {
        Token token = hand.created(1).token;
        hand.event(new SubflowEstablished(token, OTHER, 1, 0, false, 2)); // beside another
        hand.pass(Duration.ofSeconds(1));
        hand.event(new SubflowClosed(token, OTHER, 1, 0, false, 2, CloseCause.ORDERLY));
        joinAlone();
        hand.event(new SubflowClosed(token, OTHER, 1, 0, false, 2, CloseCause.ORDERLY)); // gone again in time
        hand.pass(Duration.ofSeconds(1));
        joinAlone();
        hand.event(new ConnectionClosed(token));
        hand.pass(Duration.ofSeconds(1));
        hand.event(new ConnectionCreated(token, Side.SERVER, PathInHand.ends(1), false));
        joinAlone();
        hand.pass(Duration.ofSeconds(1));
        assertEquals(List.of(), hand.commands);
    }

    @Test
    void shouldNotWakeThePeerOfAConnectionThatNobodyOwns() {
        hand.created(1);
        joinAlone();
        hand.rules();
        hand.pass(Duration.ofSeconds(1));
        assertEquals(List.of(), hand.commands);
        joinAlone();
        hand.rules("mesh");
        hand.pass(Duration.ofSeconds(1));
        assertEquals(List.of(), hand.commands);
    }
}
