package org.smapp.bench;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.function.Consumer;

/**
 * Reads packets from a capture stream while it is being written: pcap, savefile version 2.4, packets that begin with their IP header
 * (link type 101), time stamps in µs or ns. For one thread.
 */
final class PcapStream {

    private static final int MAGIC_MICROS = 0xa1b2c3d4;
    private static final int MAGIC_NANOS = 0xa1b23c4d;
    private static final int LINK_RAW_IP = 101;

    private final InputStream in;
    private final ByteOrder order;
    private final long nanosPerFraction;

    private PcapStream(InputStream in, ByteOrder order, long nanosPerFraction) {
        this.in = in;
        this.order = order;
        this.nanosPerFraction = nanosPerFraction;
    }

    /**
     * Reads the file's header, which means waiting until the capture runs.
     *
     * @throws IOException if it is no capture of IP packets, or ends before
     */
    static PcapStream open(InputStream in) throws IOException {
        ByteBuffer header = read(in, 24);
        if (header == null) {
            throw new EOFException("The capture ended before it began");
        }
        ByteOrder order = isMagic(header.getInt(0)) ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
        int magic = header.order(order).getInt(0);
        if (!isMagic(magic) || (header.getInt(20) & 0xffff) != LINK_RAW_IP) {
            throw new IOException("This is no capture of IP packets in the pcap format");
        }
        return new PcapStream(in, order, magic == MAGIC_NANOS ? 1 : 1000);
    }

    private static boolean isMagic(int value) {
        return value == MAGIC_MICROS || value == MAGIC_NANOS;
    }

    /** Hands over each SYN that MPTCP cares for, until the stream ends. */
    void forEachSyn(Consumer<Syn> consumer) throws IOException {
        for (ByteBuffer record = read(in, 16); record != null; record = read(in, 16)) {
            record.order(order);
            long seconds = record.getInt(0) & 0xffffffffL;
            long nanos = seconds * 1_000_000_000 + record.getInt(4) * nanosPerFraction;
            ByteBuffer packet = read(in, record.getInt(8));
            if (packet == null) {
                throw new EOFException("The capture ends within a packet");
            }
            Syn.parse(nanos, packet).ifPresent(consumer);
        }
    }

    /** Returns exactly {@code length} bytes, or null where the stream ended. */
    private static ByteBuffer read(InputStream in, int length) throws IOException {
        byte[] bytes = in.readNBytes(length);
        return bytes.length == length ? ByteBuffer.wrap(bytes) : null;
    }
}
