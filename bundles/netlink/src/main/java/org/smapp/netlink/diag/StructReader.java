package org.smapp.netlink.diag;

import org.smapp.netlink.AttributeReader;

/** Reads a C struct that is an attribute's value; a field that lies beyond its end, on an older kernel, is 0. */
final class StructReader {

    private final AttributeReader attribute;

    StructReader(AttributeReader attribute) {
        this.attribute = attribute;
    }

    int u8(int at) {
        return has(at, Byte.BYTES) ? attribute.buffer().get(attribute.offset() + at) & 0xff : 0;
    }

    int u16(int at) {
        return has(at, Short.BYTES) ? attribute.buffer().getShort(attribute.offset() + at) & 0xffff : 0;
    }

    long u32(int at) {
        return has(at, Integer.BYTES)
                ? Integer.toUnsignedLong(attribute.buffer().getInt(attribute.offset() + at))
                : 0;
    }

    long u64(int at) {
        return has(at, Long.BYTES) ? attribute.buffer().getLong(attribute.offset() + at) : 0;
    }

    /** Returns whether the kernel is new enough for this field. */
    boolean has(int at, int bytes) {
        return at + bytes <= attribute.length();
    }
}
