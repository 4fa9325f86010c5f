package org.smapp.netlink;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class AttributeReaderTest {

    private final MessageWriter writer = new MessageWriter(256).begin(20, 0, 0);
    private final MessageReader message = new MessageReader();

    private AttributeReader read() {
        message.wrap(writer.finish()).next();
        return message.attributes(0);
    }

    @Test
    void valuesOfEveryWidth() {
        writer.u8(1, 0xfe).u16(2, 0xfedc).u32(3, 0xfedcba98).u64(4, 0xfedcba9876543210L);
        writer.be16(5, 0xfedc)
                .be32(6, 0xfedcba98)
                .be128(7, 1, 2)
                .string(8, "grüße")
                .bytes(9, (byte) 1, (byte) 2);
        AttributeReader attributes = read();

        attributes.next();
        assertEquals(0xfe, attributes.u8());
        attributes.next();
        assertEquals(0xfedc, attributes.u16());
        attributes.next();
        assertEquals(0xfedcba98, attributes.s32());
        attributes.next();
        assertEquals(0xfedcba9876543210L, attributes.u64());
        attributes.next();
        assertEquals(0xfedc, attributes.u16be());
        attributes.next();
        assertEquals(0xfedcba98, attributes.be32());
        attributes.next();
        assertEquals(1, attributes.be64(0));
        assertEquals(2, attributes.be64(8));
        attributes.next();
        assertEquals("grüße", attributes.string());
        attributes.next();
        assertArrayEquals(new byte[] {1, 2}, attributes.bytes());
        assertFalse(attributes.next());
        assertFalse(attributes.malformed());
    }

    @Test
    void longerThanAskedIsFineAndShorterIsNot() {
        writer.u32(1, 7).u8(2, 7);
        AttributeReader attributes = read();

        attributes.next();
        assertEquals(7, attributes.u8());
        assertFalse(attributes.malformed());
        attributes.next();
        assertEquals(0, attributes.u16());
        assertTrue(attributes.malformed());
        assertFalse(read().malformed(), "the next message starts clean");
    }

    @Test
    void flawInANestedAttributeShowsOutside() {
        int nest = writer.nest(1);
        writer.u8(2, 7).endNest(nest);
        AttributeReader attributes = read();
        attributes.next();

        AttributeReader inner = attributes.nested(new AttributeReader());
        inner.next();
        inner.u32();

        assertEquals(1, attributes.type(), "without the flag");
        assertTrue(inner.malformed());
        assertTrue(attributes.malformed());
        assertThrows(IllegalArgumentException.class, () -> inner.nested(inner));
    }

    @Test
    void headerThatIsMissingIsMalformed() {
        message.wrap(writer.finish()).next();

        AttributeReader attributes = message.attributes(16);

        assertTrue(attributes.malformed());
        assertFalse(attributes.next());
    }
}
