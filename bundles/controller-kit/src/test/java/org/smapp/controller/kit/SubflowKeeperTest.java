package org.smapp.controller.kit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.smapp.api.CloseCause;
import org.smapp.api.FourTuple;
import org.smapp.api.IpAddress;
import org.smapp.api.Subflow;
import org.smapp.api.controller.Connection;
import org.smapp.testkit.controller.FakeConnection;

final class SubflowKeeperTest {

    private static final Duration PROVEN_AFTER = Duration.ofSeconds(10);
    private static final int REFUSED = 111;

    private final FakeConnection connection = FakeConnection.client("10.0.1.2", "10.9.0.1:443")
            .with("10.0.1.2", "wan1")
            .with("10.0.2.2", "wan2");
    private final FourTuple second =
            connection.pairFrom(IpAddress.parse("10.0.2.2")).orElseThrow();
    private Keeper keeper;

    @interface Settings {
        int attempts() default 3;
    }

    /** Opens nothing by itself. */
    private static final class Keeper extends SubflowKeeper<Settings> {

        private final List<String> opportunities = new ArrayList<>();

        Keeper(Connection connection) {
            super(connection, Settings.class);
        }

        @Override
        protected Duration provenAfter() {
            return PROVEN_AFTER;
        }

        @Override
        protected Backoff backoff(CloseCause cause) {
            return cause.errno() == REFUSED
                    ? Backoff.ofMillis(1_000, 60_000).upTo(settings().attempts())
                    : Backoff.NEVER;
        }

        @Override
        public void onOpportunity(String reason) {
            opportunities.add(reason);
        }
    }

    SubflowKeeperTest() {
        connection.givenTo(given -> keeper = new Keeper(given));
        connection.establish();
        keeper.retries.open(second);
        keeper.opportunities.clear();
        connection.commands();
    }

    private Subflow last() {
        return connection.subflows().get(connection.subflows().size() - 1);
    }

    @Test
    void shouldLeaveAFailedPairAloneAsThePolicySays() {
        connection.close(last(), REFUSED);
        assertTrue(keeper.retries.isResting(second));
        connection.pass(Duration.ofMillis(1_100));
        assertFalse(keeper.retries.isResting(second));
        assertEquals(List.of("it failed 1 times in a row"), keeper.opportunities);
    }

    @Test
    void shouldForgetFailuresWhenTheLineComesAnew() {
        connection.close(last(), 0);
        connection.pass(Duration.ofDays(1));
        assertTrue(keeper.retries.isResting(second));
        connection.addLocal("10.0.2.2", "wan2");
        assertFalse(keeper.retries.isResting(second));
        assertEquals(List.of("10.0.2.2/24 on wan2 became usable"), keeper.opportunities);
    }

    @Test
    void shouldCloseTheSubflowsOfADeadLineOnceAnotherWorks() {
        Subflow first = connection.subflows().get(0);
        connection.removeLocal("10.0.1.2");
        assertEquals(List.of(), connection.commands());
        connection.join();
        assertEquals(List.of("withdraw address id 0", "destroy subflow " + first.tuple()), connection.commands());
    }

    @Test
    void shouldRememberFailuresWhenTheSettingsChange() {
        connection.close(last(), REFUSED);
        assertTrue(connection.change("attempts", 2));
        assertEquals(List.of("the settings changed"), keeper.opportunities);
        assertTrue(keeper.retries.isResting(second));
        connection.pass(Duration.ofMillis(1_100));
        keeper.retries.open(second);
        connection.close(last(), REFUSED);
        connection.pass(Duration.ofDays(1));
        assertTrue(keeper.retries.isResting(second), "the second failure in a row is the last now");
    }

    @Test
    void shouldLeaveItToTheClientToOpenSubflows() {
        assertTrue(keeper.isOpener());
        FakeConnection accepted = FakeConnection.server("10.9.0.1", "10.0.1.2:40000");
        assertFalse(new Keeper(accepted.established()).isOpener());
        assertFalse(new Keeper(FakeConnection.client("10.0.1.2", "10.9.0.1:443")).isOpener(), "not established");
    }
}
