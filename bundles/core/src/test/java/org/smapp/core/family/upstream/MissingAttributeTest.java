package org.smapp.core.family.upstream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.smapp.api.CloseCause;
import org.smapp.api.Side;
import org.smapp.api.event.ConnectionCreated;
import org.smapp.api.event.Event;
import org.smapp.api.event.SubflowClosed;
import org.smapp.core.family.MalformedEventException;
import org.smapp.netlink.MessageReader;
import org.smapp.netlink.MessageWriter;
import org.smapp.netlink.vectors.Vectors;

/** Captured events with each attribute taken out in turn: what an event can't do without is named, the rest may be absent. */
final class MissingAttributeTest {

    private static final int UNKNOWN = 99;
    private static final int FIRST_AT = MessageReader.HEADER_BYTES + MessageReader.GENERIC_HEADER_BYTES;

    private static final Map<Integer, String> NAMES = Map.of(
            1, "TOKEN", 4, "REM_ID", 5, "SADDR4", 6, "SADDR6", 7, "DADDR4", 8, "DADDR6", 9, "SPORT", 10, "DPORT");

    /** The attributes that each kind of event needs. */
    private static final Map<Integer, List<Integer>> NEEDED = new HashMap<>();

    static {
        List.of(1, 2, 10, 11, 13).forEach(kind -> NEEDED.put(kind, List.of(1, 5, 6, 7, 8, 9, 10)));
        NEEDED.put(3, List.of(1));
        NEEDED.put(6, List.of(1, 4, 7, 8, 10));
        NEEDED.put(7, List.of(1, 4));
        List.of(15, 16).forEach(kind -> NEEDED.put(kind, List.of(5, 6, 9)));
    }

    private final EventDecoder decoder = new EventDecoder();

    static Iterable<String> events() {
        return Vectors.eventLines().keySet();
    }

    private Event decode(ByteBuffer message) throws MalformedEventException {
        MessageReader reader = new MessageReader().wrap(message);
        reader.next();
        return decoder.decode(reader);
    }

    @ParameterizedTest
    @MethodSource("events")
    void shouldNameWhatAnEventCanNotDoWithout(String name) throws MalformedEventException {
        ByteBuffer message = Vectors.message(name);
        int kind = message.get(MessageReader.HEADER_BYTES);
        for (int at = FIRST_AT; at < message.limit(); at += message.getShort(at) + 3 & ~3) {
            short attribute = message.getShort(at + 2);
            message.putShort(at + 2, (short) UNKNOWN);
            if (NEEDED.get(kind).contains((int) attribute)) {
                String why = assertThrows(MalformedEventException.class, () -> decode(message), name)
                        .getMessage();
                assertTrue(why.startsWith("event " + kind + ": ") && why.contains(NAMES.get((int) attribute)), why);
            } else {
                assertNotNull(decode(message), name);
            }
            message.putShort(at + 2, attribute);
        }
    }

    private static MessageWriter begin(int kind) {
        MessageWriter writer = new MessageWriter().begin(28, 0, 0).genl(kind, 1).u32(Uapi.ATTR_TOKEN, 7);
        writer.be32(Uapi.ATTR_SADDR4, 0xc0000201).be32(Uapi.ATTR_DADDR4, 0xc6336401);
        return writer.be16(Uapi.ATTR_SPORT_BE, 4000).be16(Uapi.ATTR_DPORT_BE, 443);
    }

    @Test
    void shouldBelieveEitherMarkOfTheServerSide() throws MalformedEventException {
        assertEquals(Side.CLIENT, side(begin(1)));
        assertEquals(Side.CLIENT, side(begin(1).u8(Uapi.ATTR_SERVER_SIDE, 0)));
        assertEquals(Side.SERVER, side(begin(1).u8(Uapi.ATTR_SERVER_SIDE, 1)));
        assertEquals(Side.SERVER, side(begin(1).u16(Uapi.ATTR_FLAGS, 2)));
        assertEquals(Side.SERVER, side(begin(1).u8(Uapi.ATTR_SERVER_SIDE, 0).u16(Uapi.ATTR_FLAGS, 2)));
        assertEquals(Side.SERVER, side(begin(1).u16(Uapi.ATTR_FLAGS, 2).u8(Uapi.ATTR_SERVER_SIDE, 0)));
        assertEquals(Side.SERVER, side(begin(1).u8(Uapi.ATTR_SERVER_SIDE, 1).u16(Uapi.ATTR_FLAGS, 0)));
    }

    private Side side(MessageWriter created) throws MalformedEventException {
        return ((ConnectionCreated) decode(created.finish())).side();
    }

    @Test
    void shouldTellWhyASubflowClosed() throws MalformedEventException {
        assertEquals(CloseCause.ORDERLY, cause(begin(11)));
        assertEquals(
                new CloseCause(104, CloseCause.NO_RESET, false), cause(begin(11).u8(Uapi.ATTR_ERROR, 104)));
        assertEquals(new CloseCause(0, 3, false), cause(begin(11).u32(Uapi.ATTR_RESET_REASON, 3)));
        assertEquals(
                new CloseCause(0, 3, true),
                cause(begin(11).u32(Uapi.ATTR_RESET_REASON, 3).u32(Uapi.ATTR_RESET_FLAGS, 5)));
        assertEquals(
                new CloseCause(0, 3, false),
                cause(begin(11).u32(Uapi.ATTR_RESET_REASON, 3).u32(Uapi.ATTR_RESET_FLAGS, 4)));
    }

    private CloseCause cause(MessageWriter closed) throws MalformedEventException {
        return ((SubflowClosed) decode(closed.finish())).cause();
    }

    @Test
    void shouldForgetTheMessageBefore() throws MalformedEventException {
        cause(begin(11).u8(Uapi.ATTR_ERROR, 104).u32(Uapi.ATTR_RESET_REASON, 3).u32(Uapi.ATTR_RESET_FLAGS, 1));
        assertEquals(CloseCause.ORDERLY, cause(begin(11)));
    }

    @Test
    void shouldRefuseAnAttributeThatIsCutShort() {
        ByteBuffer message = begin(11).finish();
        message.putShort(FIRST_AT, (short) 200);
        assertTrue(assertThrows(MalformedEventException.class, () -> decode(message))
                .getMessage()
                .contains("cut short"));
    }
}
