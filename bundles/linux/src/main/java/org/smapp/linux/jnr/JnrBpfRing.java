package org.smapp.linux.jnr;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.function.Consumer;
import jnr.ffi.Pointer;
import org.smapp.linux.BpfObject;
import org.smapp.linux.LinuxException;

/** A ring buffer that libbpf has mapped. {@link #close} waits for a {@link #drain} that is under way. */
final class JnrBpfRing implements BpfObject.Ring {

    private static final int LARGEST_RECORD = 1024;

    private final LibBpf libbpf;
    private final LibBpf.Sample sample; // kept: native code calls it
    private final ByteBuffer record = ByteBuffer.allocate(LARGEST_RECORD).order(ByteOrder.nativeOrder());
    private Pointer ring;
    private volatile int descriptor;
    private RuntimeException thrown;

    private JnrBpfRing(LibBpf libbpf, Consumer<ByteBuffer> reader) {
        this.libbpf = libbpf;
        this.sample = (context, data, size) -> take(data, size, reader);
    }

    static JnrBpfRing open(LibBpf libbpf, int map, Consumer<ByteBuffer> reader) throws LinuxException {
        JnrBpfRing opened = new JnrBpfRing(libbpf, reader);
        opened.ring = libbpf.ring_buffer__new(map, opened.sample, null, null);
        if (opened.ring == null) {
            throw Native.failed("open eBPF ring buffer");
        }
        opened.descriptor = libbpf.ring_buffer__epoll_fd(opened.ring);
        return opened;
    }

    private int take(Pointer data, long size, Consumer<ByteBuffer> reader) {
        try {
            int length = (int) Math.min(size, LARGEST_RECORD);
            data.get(0, record.array(), 0, length);
            record.clear().limit(length);
            reader.accept(record);
        } catch (RuntimeException e) {
            thrown = e; // must not pass through native code
        }
        return 0;
    }

    @Override
    public int descriptor() {
        return descriptor;
    }

    @Override
    public synchronized int drain() {
        if (ring == null) {
            return 0;
        }
        int records = libbpf.ring_buffer__consume(ring);
        RuntimeException failure = thrown;
        thrown = null;
        if (failure != null) {
            throw failure;
        }
        return Math.max(0, records);
    }

    @Override
    public synchronized void close() {
        descriptor = -1;
        if (ring != null) {
            libbpf.ring_buffer__free(ring);
            ring = null;
        }
    }
}
