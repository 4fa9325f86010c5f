package org.smapp.core.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.smapp.core.agent.PathInHand.LOCAL;
import static org.smapp.core.agent.PathInHand.PEER;
import static org.smapp.core.agent.PathInHand.SECOND;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.smapp.api.CloseCause;
import org.smapp.api.FourTuple;
import org.smapp.api.Side;
import org.smapp.api.Token;
import org.smapp.api.TransportAddress;
import org.smapp.api.event.AddressAnnounced;
import org.smapp.api.event.AddressRemoved;
import org.smapp.api.event.CommandDone;
import org.smapp.api.event.ConnectionClosed;
import org.smapp.api.event.ConnectionCreated;
import org.smapp.api.event.ConnectionEstablished;
import org.smapp.api.event.ControllerAssigned;
import org.smapp.api.event.Event;
import org.smapp.api.event.LocalAddressAdded;
import org.smapp.api.event.LocalAddressRemoved;
import org.smapp.api.event.SubflowClosed;
import org.smapp.api.event.SubflowEstablished;
import org.smapp.api.event.SubflowPriority;
import org.smapp.api.event.SubflowTimeout;

/** The way of events: table, controller, snapshot, and out. */
final class EventFlowTest {

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
    void shouldTellTheOwnerOfEachEvent() {
        Token token = hand.created(1).token;
        FourTuple ends = PathInHand.ends(1);
        List<Event> events = List.of(
                new ConnectionEstablished(token, Side.CLIENT, ends, false),
                new AddressAnnounced(token, 2, new TransportAddress(PEER, 443)),
                new AddressRemoved(token, 2),
                new SubflowEstablished(token, OTHER, 1, 0, false, 2),
                new SubflowPriority(token, OTHER, 1, 0, true, 2),
                new SubflowClosed(token, OTHER, 1, 0, true, 2, CloseCause.ORDERLY));
        events.forEach(hand::event);
        flow.timeout(new SubflowTimeout(token, ends, 200, 1, false));
        hand.event(new ConnectionClosed(token));
        assertEquals(
                List.of(
                        "manage",
                        "established",
                        "announced",
                        "removed",
                        "subflow",
                        "priority",
                        "subflow closed",
                        "timeout",
                        "released"),
                mesh.heard.stream().map(each -> each.replace(" " + token, "")).toList());
        assertEquals(8, flow.receivedCount(), "a timeout does not come from the kernel's path manager");
        assertEquals(hand.clock.epochMs(), flow.lastEventMs());
    }

    @Test
    void shouldTellEveryOwnerOfAddresses() {
        hand.created(1);
        hand.created(2);
        hand.addresses(LOCAL);
        hand.addresses(LOCAL, SECOND);
        assertEquals(
                List.of(
                        "manage 00000001",
                        "manage 00000002",
                        "no address 00000001",
                        "no address 00000002",
                        "address 00000001",
                        "address 00000002"),
                mesh.heard);
        assertEquals(1, hand.published(LocalAddressAdded.class).size());
        hand.rules();
        hand.addresses(LOCAL);
        assertEquals(1, hand.published(LocalAddressRemoved.class).size());
        assertFalse(mesh.heard.subList(6, mesh.heard.size()).contains("no address 00000001"));
    }

    @Test
    void shouldPublishInTheOrderOfWhatHappened() {
        mesh.onEvent = connection -> connection.because("it is time").announce(SECOND);
        hand.established(1);
        assertEquals(
                List.of(
                        ConnectionCreated.class,
                        ControllerAssigned.class,
                        ConnectionEstablished.class,
                        CommandDone.class),
                hand.published().stream()
                        .filter(each -> !(each instanceof LocalAddressAdded))
                        .map(Object::getClass)
                        .toList());
    }

    @Test
    void shouldForgetTheReasonOfTheEventBefore() {
        mesh.onEvent = connection -> connection.announce(SECOND);
        mesh.onManage = connection -> connection.because("it is new").announce(SECOND);
        hand.established(1);
        assertEquals(
                List.of("it is new", ""),
                hand.published(CommandDone.class).stream()
                        .map(CommandDone::reason)
                        .toList());
    }

    @Test
    void shouldMeasureFromTheEventThatACommandAnswers() {
        mesh.onManage = connection -> {
            hand.clock.advance(Duration.ofNanos(700));
            connection.announce(SECOND);
        };
        hand.created(1);
        hand.clock.advance(Duration.ofSeconds(1));
        flow.timeout(new SubflowTimeout(new Token(1), PathInHand.ends(1), 200, 1, false));
        mesh.last().announce(SECOND);
        assertEquals(
                List.of(700L, 0L),
                hand.published(CommandDone.class).stream()
                        .map(CommandDone::reactionNanos)
                        .toList());
    }

    @Test
    void shouldReleaseAConnectionWhoseEndWasMissed() {
        TrackedConnection first = hand.created(1);
        hand.event(new ConnectionCreated(first.token, Side.CLIENT, OTHER, false));
        assertEquals(List.of("manage 00000001", "released 00000001", "manage 00000001"), mesh.heard);
        assertEquals(OTHER, hand.row(1).tuple);
        hand.event(new ConnectionCreated(first.token, Side.CLIENT, OTHER, false));
        assertEquals(3, mesh.heard.size(), "it is the same one, told twice");
    }

    @Test
    void shouldPutOffWhatOthersSeeUntilNothingMoreWaits() {
        hand.created(1);
        assertEquals(0, hand.path.snapshots().all().size());
        hand.created(2);
        assertEquals(1, hand.path.snapshots().all().size());
        hand.path.snapshots().settle();
        assertEquals(2, hand.path.snapshots().all().size());
        hand.created(3);
        hand.event(new ConnectionClosed(new Token(3)));
        hand.path.snapshots().settle();
        assertEquals(2, hand.path.snapshots().all().size());
        hand.event(new ConnectionClosed(new Token(1)));
        assertEquals(1, hand.path.snapshots().all().size());
    }

    @Test
    void shouldCallTimersOfConnectionsThatAreStillOwned() {
        hand.created(1);
        Duration second = Duration.ofSeconds(1);
        mesh.last().after(second, () -> mesh.heard.add("timer"));
        mesh.last().after(second, () -> mesh.heard.add("never")).cancel();
        hand.pass(second);
        assertEquals(List.of("manage 00000001", "timer"), mesh.heard);
        mesh.last().after(second, () -> mesh.heard.add("too late"));
        hand.rules();
        hand.pass(second);
        assertFalse(mesh.heard.contains("too late"));
    }

    @Test
    void shouldQuarantineAControllerWhoseTimerThrows() {
        hand.created(1);
        mesh.last().after(Duration.ZERO, () -> {
            throw new IllegalStateException("on purpose");
        });
        hand.pass(Duration.ZERO);
        assertEquals(List.of("mesh 1.0.0 threw java.lang.IllegalStateException: on purpose in a timer"), hand.failures);
    }

    @Test
    void shouldShowWhatATimerChanged() {
        hand.created(1);
        hand.path.snapshots().settle();
        mesh.last().after(Duration.ZERO, () -> mesh.last().create(SECOND, new TransportAddress(PEER, 443)));
        hand.pass(Duration.ZERO);
        assertEquals(2, hand.path.snapshots().all().iterator().next().subflows().size());
    }

    @Test
    void shouldPassOverEventsOfConnectionsItDoesNotKnow() {
        hand.event(new ConnectionClosed(new Token(5)));
        hand.event(new SubflowPriority(new Token(5), OTHER, 1, 0, true, 2));
        assertNull(hand.row(5));
        assertEquals(List.of(), mesh.heard);
        assertSame(0, hand.path.snapshots().all().size());
    }
}
