package org.smapp.linux.jnr;

import java.nio.ByteBuffer;

/**
 * Remembers the address of the last buffer: most callers use the same one again and again, and looking its address up takes
 * a call.
 */
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
