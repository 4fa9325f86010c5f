package org.smapp.core.family.upstream;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.ByteBuffer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.smapp.netlink.MessageReader;
import org.smapp.netlink.vectors.Vectors;

/** Captured events, printed, against what the kernel's own test tool prints for them. */
final class EventLineTest {

    private final EventLine line = new EventLine();

    static Iterable<String> events() {
        return Vectors.eventLines().keySet();
    }

    @ParameterizedTest
    @MethodSource("events")
    void shouldPrintTheSameLine(String name) {
        ByteBuffer message = Vectors.message(name);
        MessageReader reader = new MessageReader().wrap(message);
        reader.next();
        assertEquals(Vectors.eventLines().get(name), line.of(reader).toString());
    }
}
