package org.smapp.linux.jnr;

import java.nio.ByteBuffer;

/**
 * What recvmsg(2) is given and fills in for one netlink datagram, on x86-64 and aarch64: struct msghdr, its one struct iovec, and
 * the struct sockaddr_nl of the sender. For one thread.
 */
final class NetlinkMessage {

    /** struct msghdr: name, its length; the iovec, their number; no control data; flags. */
    private static final int NAME_LENGTH = 8;

    private static final int VECTOR = 16;
    private static final int VECTORS = 24;

    /** struct iovec: base, length. */
    private static final int BASE = 56;

    private static final int LENGTH = 64;

    /** struct sockaddr_nl: u16 family, u16 pad, u32 port, u32 groups. */
    private static final int NAME = 72;

    private static final int PORT = NAME + 4;
    private static final int NAME_BYTES = 12;
    private static final int BYTES = NAME + NAME_BYTES;

    private final ByteBuffer memory = Native.memory(BYTES);
    private final long address = Native.addressOf(memory);

    NetlinkMessage() {
        memory.putLong(0, address + NAME).putLong(VECTOR, address + BASE).putLong(VECTORS, 1);
    }

    /** Returns the address of a msghdr by which a datagram is received to {@code base}. */
    long into(long base, int length) {
        memory.putInt(NAME_LENGTH, NAME_BYTES).putLong(BASE, base).putLong(LENGTH, length);
        return address;
    }

    /** Returns the port id of who sent the last datagram; the kernel's is 0. */
    int sender() {
        return memory.getInt(PORT);
    }
}
