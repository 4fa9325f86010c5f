package org.smapp.linux.jnr;

import java.nio.ByteBuffer;

/** Remembers where the buffer lies that was used last: most callers use one again and again, and looking it up takes a call. */
final class LastAddress {

    private ByteBuffer buffer;
    private long address;

    /** Returns where a direct buffer begins. */
    long of(ByteBuffer next) {
        if (buffer != next) {
            address = Native.addressOf(next);
            buffer = next;
        }
        return address;
    }
}
