package org.smapp.netlink;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Walks the netlink messages of one datagram. A flyweight: it looks into the buffer and copies nothing; what it returns is
 * valid until the next call to {@link #next} or {@link #wrap}.
 *
 * <p>Whatever the bytes are, it neither throws nor loops: a message that can't be parsed ends the walk and sets
 * {@link #malformed}.
 *
 * <p>For one thread at a time.
 */
public final class MessageReader {

    /** struct nlmsghdr: u32 length, u16 type, u16 flags, u32 sequence, u32 port. */
    public static final int HEADER_BYTES = 16;

    /** struct genlmsghdr: u8 command, u8 version, u16 reserved. */
    public static final int GENERIC_HEADER_BYTES = 4;

    static final int TYPE_AT = 4;
    static final int FLAGS_AT = 6;
    static final int SEQUENCE_AT = 8;
    static final int PORT_AT = 12;

    private final AttributeReader attributes = new AttributeReader();

    private ByteBuffer buffer;
    private int end;
    private int next;
    private int start;
    private int length;
    private boolean malformed;

    /**
     * Starts to read a datagram, from the buffer's position to its limit; neither is changed.
     *
     * @param datagram in native byte order
     */
    public MessageReader wrap(ByteBuffer datagram) {
        if (datagram.order() != ByteOrder.nativeOrder()) {
            throw new IllegalArgumentException("a netlink datagram is in native byte order, this buffer is not");
        }
        buffer = datagram;
        next = datagram.position();
        end = datagram.limit();
        start = next;
        length = 0;
        malformed = false;
        return this;
    }

    /** Moves to the next message, the first one after {@link #wrap}; false when there is none. */
    public boolean next() {
        int remaining = end - next;
        if (remaining <= 0) {
            return false;
        }
        int size = remaining < HEADER_BYTES ? 0 : buffer.getInt(next);
        if (size < HEADER_BYTES || size > remaining) {
            malformed = true;
            next = end;
            return false;
        }
        start = next;
        length = size;
        next = Math.min(end, start + Alignment.up(size)); // padding may be missing after the last message
        return true;
    }

    /** Returns whether a part of the datagram could not be parsed, so that messages may be missing. */
    public boolean malformed() {
        return malformed;
    }

    public int type() {
        return buffer.getShort(start + TYPE_AT) & 0xffff;
    }

    /** Returns the bits of {@link MessageFlags}. */
    public int flags() {
        return buffer.getShort(start + FLAGS_AT) & 0xffff;
    }

    /** Returns the sequence number of the request that this answers, 0 in notifications. */
    public int sequence() {
        return buffer.getInt(start + SEQUENCE_AT);
    }

    /** Returns the port id of the request's sender, in notifications mostly 0. */
    public int portId() {
        return buffer.getInt(start + PORT_AT);
    }

    /** Returns the buffer, for absolute reads of fixed headers from {@link #payloadStart} on. */
    public ByteBuffer buffer() {
        return buffer;
    }

    /** Returns where in the buffer the bytes after the netlink header begin. */
    public int payloadStart() {
        return start + HEADER_BYTES;
    }

    /** Returns how many bytes follow the netlink header, padding not counted. */
    public int payloadLength() {
        return length - HEADER_BYTES;
    }

    /** Returns the command of a generic netlink message, or -1 if the message is too short to have one. */
    public int genlCommand() {
        return payloadLength() < GENERIC_HEADER_BYTES ? -1 : buffer.get(payloadStart()) & 0xff;
    }

    /**
     * Returns the attributes that follow a header of the protocol's own.
     *
     * @param headerBytes that header's length, {@link #GENERIC_HEADER_BYTES} for generic netlink; a payload that is shorter
     *     gives no attributes and {@link AttributeReader#malformed}
     * @return always the same reader, set to this message
     */
    public AttributeReader attributes(int headerBytes) {
        int from = payloadStart() + Alignment.up(headerBytes);
        return attributes.wrap(buffer, from, start + length);
    }
}
