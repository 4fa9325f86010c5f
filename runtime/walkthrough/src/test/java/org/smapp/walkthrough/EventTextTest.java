package org.smapp.walkthrough;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class EventTextTest {

    @Test
    void shouldTellWhatTheDaemonSays() {
        assertEquals(Optional.of("fullmesh: destroy subflow x: not known any more"), EventText.of(json("""
                        {"topic":"COMMAND_DONE","token":1,"controller":"fullmesh","accepted":false,
                         "message":"fullmesh: destroy subflow x: not known any more"}
                        """)));
    }

    @Test
    void shouldLeaveOutWhatDistracts() {
        assertEquals(
                Optional.empty(),
                EventText.of(json("{\"topic\":\"CONNECTION_CREATED\",\"message\":\"connection created\"}")));
        assertEquals(Optional.empty(), EventText.of(json("{\"topic\":\"OF_ANOTHER_PUBLISHER\"}")));
    }

    private static JsonObject json(String text) {
        return JsonParser.parseString(text).getAsJsonObject();
    }
}
