package org.smapp.netlink;

import java.nio.BufferOverflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * Writes netlink messages into a direct buffer of its own, which it uses again for the next datagram: no garbage.
 *
 * <p>{@link #begin}, the protocol's header, attributes in their order, {@link #finish}. Attributes are padded to four bytes with
 * zeros, and lengths are filled in. Writing past the capacity throws {@link BufferOverflowException}.
 *
 * <p>For one thread at a time.
 */
public final class MessageWriter {

    private static final int DEFAULT_CAPACITY_BYTES = 4096;
    private static final int NESTED = 0x8000;
    private static final boolean LITTLE = ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN;

    private final ByteBuffer buffer;
    private int message;
    private int at;

    /** Makes a writer for datagrams of up to 4096 bytes. */
    public MessageWriter() {
        this(DEFAULT_CAPACITY_BYTES);
    }

    public MessageWriter(int capacityBytes) {
        buffer = ByteBuffer.allocateDirect(capacityBytes).order(ByteOrder.nativeOrder());
    }

    /** Begins a new datagram with a message to the kernel; what was written before is gone. */
    public MessageWriter begin(int type, int flags, int sequence) {
        buffer.clear();
        at = 0;
        return header(type, flags, sequence, 0);
    }

    /** Ends the present message and begins another one in the same datagram, as a kernel's answers do. */
    public MessageWriter beginAnother(int type, int flags, int sequence, int portId) {
        buffer.clear();
        endMessage();
        at = Alignment.up(at);
        return header(type, flags, sequence, portId);
    }

    private MessageWriter header(int type, int flags, int sequence, int portId) {
        message = at;
        rawU32(0).rawU16(type).rawU16(flags).rawU32(sequence).rawU32(portId);
        return this;
    }

    private void endMessage() {
        if (at > message) {
            buffer.putInt(message, at - message);
        }
    }

    /**
     * Ends the datagram; again changes nothing.
     *
     * @return the writer's own buffer, with the datagram between position and limit, until the next {@link #begin}
     */
    public ByteBuffer finish() {
        endMessage();
        return buffer.limit(at).position(0);
    }

    /** Writes the header of generic netlink. */
    public MessageWriter genl(int command, int version) {
        return rawU8(command).rawU8(version).rawU16(0);
    }

    /** Writes an attribute without a value. */
    public MessageWriter flag(int type) {
        return attribute(type, 0);
    }

    public MessageWriter u8(int type, int value) {
        return attribute(type, 1).rawU8(value).pad();
    }

    public MessageWriter u16(int type, int value) {
        return attribute(type, 2).rawU16(value).pad();
    }

    public MessageWriter u32(int type, int value) {
        return attribute(type, 4).rawU32(value);
    }

    public MessageWriter s32(int type, int value) {
        return u32(type, value);
    }

    public MessageWriter u64(int type, long value) {
        return attribute(type, 8).rawU64(value);
    }

    /** Writes an attribute of 16 bits in network byte order. */
    public MessageWriter be16(int type, int value) {
        return attribute(type, 2).rawBe16(value).pad();
    }

    /** Writes an attribute of 32 bits in network byte order, such as an IPv4 address. */
    public MessageWriter be32(int type, int value) {
        return attribute(type, 4).rawBe32(value);
    }

    /** Writes an attribute of 128 bits in network byte order, such as an IPv6 address. */
    public MessageWriter be128(int type, long high, long low) {
        return attribute(type, 16).rawBe64(high).rawBe64(low);
    }

    public MessageWriter bytes(int type, byte... value) {
        return attribute(type, value.length).rawBytes(value).pad();
    }

    /** Writes text and a terminating zero. */
    public MessageWriter string(int type, String value) {
        byte[] text = value.getBytes(StandardCharsets.UTF_8);
        return attribute(type, text.length + 1).rawBytes(text).rawU8(0).pad();
    }

    /**
     * Begins an attribute that holds the attributes written until {@link #endNest}.
     *
     * @return the mark that {@link #endNest} wants
     */
    public int nest(int type) {
        int mark = at;
        attribute(type | NESTED, 0);
        return mark;
    }

    /** Ends the nested attribute that {@link #nest} began. */
    public MessageWriter endNest(int mark) {
        buffer.putShort(mark, (short) checked(at - mark));
        return this;
    }

    private MessageWriter attribute(int type, int valueBytes) {
        return rawU16(checked(AttributeReader.HEADER_BYTES + valueBytes)).rawU16(type);
    }

    private static int checked(int attributeBytes) {
        if (attributeBytes > 0xffff) {
            throw new IllegalArgumentException("an attribute has 65535 bytes at most, not " + attributeBytes);
        }
        return attributeBytes;
    }

    /** Writes zeros up to the next multiple of four bytes. */
    public MessageWriter pad() {
        return rawZeros(Alignment.up(at) - at);
    }

    /** Writes plain bytes, as part of a protocol's header; so do all methods that begin with raw. */
    public MessageWriter rawU8(int value) {
        int index = advance(1);
        buffer.put(index, (byte) value);
        return this;
    }

    public MessageWriter rawU16(int value) {
        int index = advance(2);
        buffer.putShort(index, (short) value);
        return this;
    }

    public MessageWriter rawU32(int value) {
        int index = advance(4);
        buffer.putInt(index, value);
        return this;
    }

    public MessageWriter rawU64(long value) {
        int index = advance(8);
        buffer.putLong(index, value);
        return this;
    }

    public MessageWriter rawBe16(int value) {
        return rawU16(LITTLE ? Short.reverseBytes((short) value) : value);
    }

    public MessageWriter rawBe32(int value) {
        return rawU32(LITTLE ? Integer.reverseBytes(value) : value);
    }

    public MessageWriter rawBe64(long value) {
        return rawU64(LITTLE ? Long.reverseBytes(value) : value);
    }

    public MessageWriter rawBytes(byte... value) {
        int index = advance(value.length);
        buffer.put(index, value);
        return this;
    }

    public MessageWriter rawZeros(int bytes) {
        for (int i = 0; i < bytes; i++) {
            rawU8(0);
        }
        return this;
    }

    private int advance(int bytes) {
        if (bytes > buffer.capacity() - at) {
            throw new BufferOverflowException();
        }
        int index = at;
        at += bytes;
        return index;
    }
}
