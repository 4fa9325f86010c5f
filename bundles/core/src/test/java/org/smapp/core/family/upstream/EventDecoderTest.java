package org.smapp.core.family.upstream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.LinkedHashMap;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.smapp.api.event.Event;
import org.smapp.api.event.SubflowClosed;
import org.smapp.api.event.SubflowEstablished;
import org.smapp.core.family.MalformedEventException;
import org.smapp.netlink.MessageReader;
import org.smapp.netlink.vectors.Vectors;

/** Captured events against what the kernel's own test tool prints for them. */
final class EventDecoderTest {

    private static final Map<String, String> KEYS = Map.ofEntries(
            Map.entry("token", "token"),
            Map.entry("saddr4", "localAddress"),
            Map.entry("saddr6", "localAddress"),
            Map.entry("daddr4", "remoteAddress"),
            Map.entry("daddr6", "remoteAddress"),
            Map.entry("sport", "localPort"),
            Map.entry("dport", "remotePort"),
            Map.entry("loc_id", "localId"),
            Map.entry("rem_id", "remoteId"),
            Map.entry("backup", "backup"),
            Map.entry("error", "errno"),
            Map.entry("deny_join_id0", "denyJoinId0"),
            Map.entry("server_side", "side"));

    private final EventDecoder decoder = new EventDecoder();

    static Iterable<String> events() {
        return Vectors.eventLines().keySet();
    }

    @ParameterizedTest
    @MethodSource("events")
    void shouldDecodeWhatTheKernelSent(String name) throws Exception {
        Event event = decode(Vectors.message(name));
        assertNotNull(event);
        Map<String, Object> properties = event.properties();
        boolean connection = properties.containsKey("side");
        fields(Vectors.eventLines().get(name)).forEach((key, expected) -> {
            String property = KEYS.get(key);
            // A connection's own events always carry id 0 for both ends, which says nothing.
            if (property != null && !(connection && property.endsWith("Id"))) {
                assertEquals(expected, shown(properties.get(property)), name + ": " + property);
            }
        });
    }

    private static Map<String, String> fields(String line) {
        Map<String, String> fields = new LinkedHashMap<>();
        for (String field : line.split(",")) {
            int colon = field.indexOf(':');
            fields.put(field.substring(0, colon), field.substring(colon + 1));
        }
        return fields;
    }

    private static String shown(Object value) {
        if (value instanceof Boolean flag) {
            return flag ? "1" : "0";
        }
        return "SERVER".equals(value) ? "1" : String.valueOf(value);
    }

    @Test
    void shouldKeepTheResetReasonAndTheInterface() throws Exception {
        SubflowClosed closed =
                (SubflowClosed) decode(Vectors.message("101_ev_sub_closed_mptcprst_eprohibit_transient"));
        assertEquals(3, closed.cause().resetReason());
        assertEquals(true, closed.cause().resetTransient());
        SubflowEstablished bound =
                (SubflowEstablished) decode(Vectors.message("043_ev_sub_established_client_backup_ifidx"));
        assertEquals(4, bound.interfaceIndex());
    }

    @Test
    void shouldPassOverAnEventThatIsNotKnown() throws Exception {
        ByteBuffer message = Vectors.message("047_ev_closed_client");
        message.put(MessageReader.HEADER_BYTES, (byte) 14);
        assertNull(decode(message));
    }

    @Test
    void shouldRefuseAnEventWithoutItsToken() {
        ByteBuffer message = Vectors.message("047_ev_closed_client");
        message.put(MessageReader.HEADER_BYTES + MessageReader.GENERIC_HEADER_BYTES + 2, (byte) 99);
        assertThrows(MalformedEventException.class, () -> decode(message));
    }

    @Property
    void shouldSurviveAnyBytes(@ForAll @Size(max = 200) byte[] payload, @ForAll byte kind) {
        ByteBuffer message = ByteBuffer.allocateDirect(20 + payload.length).order(ByteOrder.nativeOrder());
        message.putInt(20 + payload.length)
                .putShort((short) 28)
                .putShort((short) 0)
                .putLong(0);
        message.put(kind).put((byte) 1).putShort((short) 0).put(payload).flip();
        try {
            decode(message);
        } catch (MalformedEventException expected) {
            assertNotNull(expected.getMessage());
        }
    }

    private Event decode(ByteBuffer message) throws MalformedEventException {
        MessageReader reader = new MessageReader().wrap(message);
        reader.next();
        return decoder.decode(reader);
    }
}
