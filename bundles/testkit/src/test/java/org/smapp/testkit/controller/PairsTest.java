package org.smapp.testkit.controller;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.smapp.api.FourTuple;
import org.smapp.api.controller.ConnectionHandler;

/** Which pairs a controller gets, and in which order. */
final class PairsTest {

    private static List<String> locals(FakeConnection connection) {
        return connection.pairs().stream()
                .map(FourTuple::localAddress)
                .map(Object::toString)
                .toList();
    }

    @Test
    void shouldSpreadOverInterfacesBeforeItStacks() {
        FakeConnection connection = FakeConnection.client("10.0.1.1", "10.9.0.1:443")
                .with("10.0.1.1", "wan1")
                .with("10.0.1.2", "wan1")
                .with("10.0.1.3", "wan1")
                .with("2001:db8::1", "wan1")
                .with("10.0.2.1", "wan2")
                .with("10.0.2.2", "wan2");
        assertEquals(List.of("10.0.1.1", "10.0.2.1", "10.0.1.2", "10.0.2.2", "10.0.1.3"), locals(connection));
    }

    @Test
    void shouldGiveEachLineToEachAddressOfThePeerBeforeASecondAddress() {
        FakeConnection connection = FakeConnection.client("10.0.1.1", "10.9.0.1:443")
                .with("10.0.1.1", "wan1")
                .with("10.0.1.2", "wan1")
                .with("10.0.2.1", "wan2");
        connection.givenTo(each -> new ConnectionHandler() {});
        connection.announceRemote(1, "10.9.0.2:443");
        assertEquals(
                List.of("10.0.1.1", "10.0.2.1", "10.0.1.1", "10.0.2.1", "10.0.1.2", "10.0.1.2"), locals(connection));
    }
}
