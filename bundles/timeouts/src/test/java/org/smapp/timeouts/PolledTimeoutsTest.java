package org.smapp.timeouts;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.smapp.api.event.SubflowTimeout;
import org.smapp.api.measure.Measurements.Sample;
import org.smapp.api.measure.SubflowInfo;
import org.smapp.api.measure.TcpState;
import org.smapp.testkit.controller.FakeConnection;
import org.smapp.testkit.controller.SubflowInfoBuilder;

final class PolledTimeoutsTest {

    private final FakeConnection connection = FakeConnection.client("10.0.1.2", "10.9.0.1:443");
    private final SubflowInfoBuilder figures =
            connection.figures(connection.subflows().get(0));
    private final List<SubflowTimeout> found = new ArrayList<>();
    private final PolledTimeouts polled = new PolledTimeouts(found::add);

    private void look(int timeouts, int inARow, long rtoUs) {
        figures.timeouts(timeouts).consecutiveTimeouts(inARow).rtoUs(rtoUs);
        polled.accept(new Sample(
                0, connection.info(connection.subflows().get(0)).stream().toList()));
    }

    private List<String> found() {
        List<String> words = found.stream()
                .map(each -> each.consecutive() + " after " + each.rtoMs())
                .toList();
        found.clear();
        return words;
    }

    @Test
    void shouldTellEachExpiryOnceWithTheValueThatExpired() {
        look(7, 2, 800_000);
        assertEquals(List.of(), found(), "what was before is nobody's business");

        look(8, 3, 1_600_000);
        assertEquals(List.of("3 after 800"), found());
        look(8, 3, 1_600_000);
        assertEquals(List.of(), found());
        look(10, 5, 6_400_000);
        assertEquals(List.of("4 after 1600", "5 after 3200"), found());
    }

    @Test
    void shouldKnowThatARowHasEnded() {
        look(0, 0, 200_000);

        look(1, 0, 210_000);
        assertEquals(List.of("1 after 200"), found(), "it expired, and then an acknowledgement came");
    }

    @Test
    void shouldCountOverTheEndOfTheCounter() {
        look(0xffff, 0, 200_000);

        look(0, 1, 400_000);
        assertEquals(List.of("1 after 200"), found());
    }

    @Test
    void shouldKnowThatTheFirstSynsDoNotDouble() {
        polled.accept(new Sample(0, List.of()));
        figures.state(TcpState.SYN_SENT);

        look(1, 1, 1_000_000);
        look(2, 2, 1_000_000);
        assertEquals(List.of("1 after 1000", "2 after 1000"), found());
    }

    @Test
    void shouldSeeRowsGrowOnAKernelWithoutTheCounter() {
        look(SubflowInfo.NOT_TOLD, 0, 200_000);

        look(SubflowInfo.NOT_TOLD, 2, 800_000);
        look(SubflowInfo.NOT_TOLD, 0, 200_000);
        assertEquals(List.of("1 after 200", "2 after 400"), found());
    }
}
