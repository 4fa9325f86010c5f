package org.smapp.controller.backup;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.smapp.controller.kit.ConnectionLine;
import org.smapp.testkit.controller.FakeConnection;

final class LinesTest {

    private final FakeConnection connection = FakeConnection.client("10.0.2.2", "10.9.0.1:443")
            .with("10.0.1.2", "lte0")
            .with("10.0.2.2", "eth0")
            .with("10.0.3.2", "eth1")
            .with("2001:db8::2", "eth1");

    private List<String> order(String... preference) {
        return new Lines(List.of(preference))
                .usable(connection).stream().map(ConnectionLine::toString).toList();
    }

    @Test
    void shouldBeginWhereTheConnectionBegan() {
        assertEquals(List.of("10.0.2.2", "10.0.1.2", "10.0.3.2"), order());
    }

    @Test
    void shouldFollowThePreference() {
        assertEquals(List.of("10.0.3.2", "10.0.2.2", "10.0.1.2"), order("eth1", "eth*"));
        assertEquals(List.of("10.0.1.2", "10.0.2.2", "10.0.3.2"), order("lte?"));
    }

    @Test
    void shouldTakeDotsLiterally() {
        assertEquals(List.of("10.0.2.2", "10.0.1.2", "10.0.3.2"), order("lte."));
    }
}
