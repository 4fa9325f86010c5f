package org.smapp.walkthrough;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class EventTextTest {

    @Test
    void shouldTellOfACommandWithItsDelayAndReason() {
        assertEquals(
                Optional.of(
                        "fullmesh: create subflow 10.71.2.2 -> 10.71.9.1:8080, 184 us after the event (one per pair)"),
                EventText.of(json("""
                        {"topic":"COMMAND_DONE","token":1,"controller":"fullmesh","accepted":true,"outcome":"accepted",
                         "command":"create subflow 10.71.2.2 -> 10.71.9.1:8080","reason":"one per pair","reactionNanos":184321}
                        """)));
    }

    @Test
    void shouldTellWhyACommandWasRefused() {
        assertEquals(
                Optional.of("fullmesh: destroy subflow x, 1 us after the event: not known any more"),
                EventText.of(json("""
                        {"topic":"COMMAND_DONE","token":1,"controller":"fullmesh","accepted":false,
                         "outcome":"not known any more","command":"destroy subflow x","reason":"","reactionNanos":1000}
                        """)));
    }

    @Test
    void shouldNameConnectionsAsTheKernelsToolsDo() {
        assertEquals(
                Optional.of("connection fbdb7365 established, 10.71.1.2:40000 -> 10.71.9.1:8080"),
                EventText.of(json("""
                        {"topic":"CONNECTION_ESTABLISHED","token":4225463141,"localAddress":"10.71.1.2","localPort":40000,
                         "remoteAddress":"10.71.9.1","remotePort":8080}
                        """)));
    }

    @Test
    void shouldLeaveOutWhatDistracts() {
        assertEquals(Optional.empty(), EventText.of(json("{\"topic\":\"CONNECTION_CREATED\",\"token\":1}")));
        assertEquals(Optional.empty(), EventText.of(json("{\"topic\":\"OF_A_LATER_VERSION\"}")));
    }

    private static JsonObject json(String text) {
        return JsonParser.parseString(text).getAsJsonObject();
    }
}
