package org.smapp.netlink;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * Walks the attributes of one message or of one nested attribute. A flyweight, like {@link MessageReader}.
 *
 * <p>Never throws for what the bytes are. An attribute that can't be parsed ends the walk; a value read from an attribute that
 * is too short for it is 0. Both set {@link #malformed}, which stays set until the next message: ask it once, after the walk. An
 * attribute that is longer than its value is fine (newer kernels append).
 *
 * <p>For one thread at a time.
 */
public final class AttributeReader {

    /** struct nlattr: u16 length with this header, u16 type. */
    static final int HEADER_BYTES = 4;

    /** The upper two bits of the type are flags: nested, network byte order. */
    static final int TYPE_MASK = 0x3fff;

    private static final boolean LITTLE = ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN;

    private ByteBuffer buffer;
    private AttributeReader parent;
    private int next;
    private int end;
    private int start;
    private int length;
    private int type;
    private boolean malformed;

    /** Starts to read the bytes from {@code from} to before {@code to}; below {@code from}, there is a header missing. */
    AttributeReader wrap(ByteBuffer source, int from, int to) {
        buffer = source;
        parent = null;
        next = from;
        end = to;
        length = 0;
        type = 0;
        malformed = from > to;
        return this;
    }

    /** Moves to the next attribute, at first the first one; false when there is none. */
    public boolean next() {
        int remaining = end - next;
        if (remaining <= 0) {
            return false;
        }
        int size = remaining < HEADER_BYTES ? 0 : buffer.getShort(next) & 0xffff;
        if (size < HEADER_BYTES || size > remaining) {
            fail();
            next = end;
            return false;
        }
        type = buffer.getShort(next + 2) & TYPE_MASK;
        start = next + HEADER_BYTES;
        length = size - HEADER_BYTES;
        next = Math.min(end, next + Alignment.up(size)); // padding may be missing after the last attribute
        return true;
    }

    private void fail() {
        malformed = true;
        if (parent != null) {
            parent.fail();
        }
    }

    /** Returns whether anything since the start of the walk was not as it should be, here or in a nested attribute. */
    public boolean malformed() {
        return malformed;
    }

    /** Returns the type without flags. */
    public int type() {
        return type;
    }

    /** Returns the length of the value. */
    public int length() {
        return length;
    }

    /** Returns where in the buffer the value begins. */
    public int offset() {
        return start;
    }

    /** Returns the buffer, for absolute reads from {@link #offset} on. */
    public ByteBuffer buffer() {
        return buffer;
    }

    /** Returns 0 to 255. */
    public int u8() {
        return has(1) ? buffer.get(start) & 0xff : 0;
    }

    /** Returns 0 to 65535. */
    public int u16() {
        return has(2) ? buffer.getShort(start) & 0xffff : 0;
    }

    /** Returns 0 to 65535, from network byte order. */
    public int u16be() {
        int value = u16();
        return LITTLE ? Short.reverseBytes((short) value) & 0xffff : value;
    }

    /** Returns 32 unsigned bits. */
    public int u32() {
        return has(4) ? buffer.getInt(start) : 0;
    }

    /** Returns a signed 32-bit number. */
    public int s32() {
        return u32();
    }

    /** Returns 64 unsigned bits. */
    public long u64() {
        return has(8) ? buffer.getLong(start) : 0;
    }

    /** Returns 32 bits from network byte order: an IPv4 address with its first byte in the most significant place. */
    public int be32() {
        int value = u32();
        return LITTLE ? Integer.reverseBytes(value) : value;
    }

    /**
     * Returns 64 bits from network byte order.
     *
     * @param at where in the value they begin: of an IPv6 address 0 gives the upper, 8 the lower half
     */
    public long be64(int at) {
        if (!has(at + 8)) {
            return 0;
        }
        long value = buffer.getLong(start + at);
        return LITTLE ? Long.reverseBytes(value) : value;
    }

    /** Returns a copy of the value. */
    public byte[] bytes() {
        byte[] copy = new byte[length];
        if (length > 0) {
            buffer.get(start, copy);
        }
        return copy;
    }

    /** Returns the value as text, up to its terminating zero. */
    public String string() {
        int size = 0;
        while (size < length && buffer.get(start + size) != 0) {
            size++;
        }
        byte[] text = new byte[size];
        if (size > 0) {
            buffer.get(start, text);
        }
        return new String(text, StandardCharsets.UTF_8);
    }

    /**
     * Starts to read the attributes inside this one.
     *
     * @param into another reader, which this method sets and returns
     */
    public AttributeReader nested(AttributeReader into) {
        if (into == this) {
            throw new IllegalArgumentException("the nested attributes need a reader of their own");
        }
        into.wrap(buffer, start, start + length);
        into.parent = this;
        return into;
    }

    private boolean has(int bytes) {
        if (length >= bytes) {
            return true;
        }
        fail();
        return false;
    }
}
