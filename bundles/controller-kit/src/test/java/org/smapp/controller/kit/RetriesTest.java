package org.smapp.controller.kit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.smapp.api.FourTuple;
import org.smapp.api.IpAddress;
import org.smapp.api.Outcome;
import org.smapp.api.Subflow;
import org.smapp.api.controller.ConnectionHandler;
import org.smapp.api.event.SubflowEstablished;
import org.smapp.testkit.controller.FakeConnection;

final class RetriesTest {

    private static final IpAddress LOCAL = IpAddress.parse("10.0.2.2");
    private static final String OPEN = "create subflow 10.0.2.2 -> 10.9.0.1:443";
    private static final Backoff BACKOFF = Backoff.ofMillis(1_000, 4_000);
    private static final Duration PROVEN_AFTER = Duration.ofSeconds(10);

    private final FakeConnection connection = FakeConnection.client("10.0.1.2", "10.9.0.1:443")
            .with("10.0.1.2", "wan1")
            .with("10.0.2.2", "wan2")
            .established();
    private final List<String> again = new ArrayList<>();
    private final Retries retries = new Retries(connection, () -> PROVEN_AFTER, again::add);
    private final FourTuple pair = connection.pairFrom(LOCAL).orElseThrow();

    RetriesTest() {
        connection.givenTo(given -> new ConnectionHandler() {
            @Override
            public void onSubflowEstablished(SubflowEstablished event) {
                retries.established(event);
            }
        });
    }

    private void pass(long ms) {
        connection.pass(Duration.ofMillis(ms));
    }

    /** The pair rests for this time, and at most a tenth longer. */
    private void assertRests(long ms) {
        pass(ms - 1);
        assertTrue(retries.isResting(pair));
        pass(ms / 10 + 1);
        assertFalse(retries.isResting(pair));
    }

    @Test
    void shouldOpenWhatDoesNotRest() {
        assertTrue(retries.open(pair));
        retries.failed(pair, BACKOFF);
        assertFalse(retries.open(pair));
        assertEquals(List.of(OPEN), connection.commands());
    }

    @Test
    void shouldRestLongerAfterEachFailureInARow() {
        for (long ms : new long[] {1_000, 2_000, 4_000, 4_000}) {
            retries.failed(pair, BACKOFF);
            assertRests(ms);
        }
        assertEquals("it failed 1 times in a row", again.get(0));
        assertEquals(4, again.size());
    }

    @Test
    void shouldTakeAPairForTheSameFromWhateverPort() {
        Subflow mapped = connection.subflows().get(0);
        FourTuple tuple = mapped.tuple();
        retries.failed(
                new FourTuple(
                        tuple.localAddress().mapped(),
                        40_123,
                        tuple.remoteAddress().mapped(),
                        tuple.remotePort()),
                BACKOFF);
        assertTrue(retries.isResting(tuple));
        assertFalse(retries.isResting(pair));
    }

    @Test
    void shouldCountWhatEndsTogetherOnce() {
        retries.failed(pair, BACKOFF);
        retries.failed(pair, BACKOFF);
        assertRests(1_000);
        retries.failed(pair, BACKOFF);
        assertRests(2_000);
    }

    @Test
    void shouldLeaveAPairAloneAfterTheLastAttempt() {
        retries.failed(pair, BACKOFF.upTo(2));
        assertRests(1_000);
        retries.failed(pair, BACKOFF.upTo(2));
        pass(1_000_000);
        assertTrue(retries.isResting(pair));
    }

    @Test
    void shouldForgetWhatFailedOverAnAddress() {
        retries.failed(pair, Backoff.NEVER);
        retries.failed(connection.tuple(), BACKOFF);
        retries.forget(LOCAL);
        assertFalse(retries.isResting(pair));
        assertTrue(retries.isResting(connection.tuple()));
        retries.failed(pair, BACKOFF);
        retries.forget(LOCAL);
        pass(10_000);
        assertEquals(1, again.size(), "the other address alone");
    }

    @Test
    void shouldAskAgainSoonWhatTheKernelRefused() {
        connection.answer(command -> new Outcome.Refused(101, "", -1, -1, "no route"));
        assertFalse(retries.open(pair));
        assertRests(100);
        assertFalse(retries.open(pair));
        assertRests(200);
    }

    @Test
    void shouldForgetFailuresOnceASubflowHasLived() {
        retries.failed(pair, BACKOFF);
        assertRests(1_000);
        retries.open(pair);
        connection.join();
        connection.pass(PROVEN_AFTER);
        retries.failed(pair, BACKOFF);
        assertRests(1_000);
    }

    @Test
    void shouldNotTrustASubflowThatOnlyBegan() {
        retries.failed(pair, BACKOFF);
        assertRests(1_000);
        retries.open(pair);
        connection.close(connection.join(), 0);
        connection.pass(PROVEN_AFTER);
        retries.failed(pair, BACKOFF);
        assertRests(2_000);
    }

    @Test
    void shouldRestWithoutAFailure() {
        retries.rest(pair, Duration.ofMillis(300), "it was closed on purpose");
        assertTrue(retries.isResting(pair));
        pass(300);
        assertEquals(List.of("it was closed on purpose"), again);
        retries.failed(pair, BACKOFF);
        assertRests(1_000);
    }
}
