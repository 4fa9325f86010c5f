package org.smapp.timeouts;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.smapp.api.event.SubflowTimeout;
import org.smapp.linux.Bpf;
import org.smapp.linux.BpfObject;
import org.smapp.linux.ControlGroups;
import org.smapp.linux.Linux;
import org.smapp.linux.LinuxException;
import org.smapp.linux.NetworkNamespace;
import org.smapp.linux.Poller;

/** The timeouts that the kernel tells an eBPF program of, read from its ring buffer by a thread of its own. Thread-safe. */
final class BpfTimeouts implements AutoCloseable {

    static final String OBJECT = "timeouts.bpf.o";

    private static final Logger LOG = LoggerFactory.getLogger(BpfTimeouts.class);
    private static final int CLOSE_MS = 2_000;

    /** How the kernel comes to run a program. */
    enum Way {
        /** TCP calls it for sockets that ask for it. */
        SOCK_OPS("new_sockets", "old_sockets"),
        /** A tracepoint that every loss passes. */
        TRACEPOINT("loss_state");

        private final String[] programs;

        Way(String... programs) {
            this.programs = programs;
        }
    }

    /** Hears of expiries, on the reading thread. */
    interface Sink {
        /** @param expiredNanos when, as {@link System#nanoTime} counts on Linux */
        void expired(SubflowTimeout timeout, long expiredNanos);

        /** So many could not be told, because the ring was full. */
        void lost(long count);
    }

    private final BpfObject object;
    private final BpfObject.Ring ring;
    private final Poller poller;
    private final Sink sink;
    private final Thread thread;
    private volatile boolean stopped;
    private long dropped;

    private BpfTimeouts(Linux linux, BpfObject object, long jiffyNanos, Sink sink) throws LinuxException {
        this.object = object;
        this.sink = sink;
        ring = object.ring("expiries", expiry -> take(expiry, jiffyNanos));
        poller = watch(linux, ring);
        thread = new Thread(
                () -> {
                    linux.favourThisThread();
                    read();
                },
                "smapp-timeouts");
    }

    /**
     * Loads the programs and watches {@code namespace}, the connections that are there included.
     *
     * @param mounts the table of mounts, such as {@code /proc/self/mounts}
     * @throws Unavailable with the reason as a sentence
     */
    static BpfTimeouts open(Way way, Linux linux, Bpf bpf, NetworkNamespace namespace, Path mounts, Sink sink)
            throws Unavailable {
        if (ByteOrder.nativeOrder() != ByteOrder.LITTLE_ENDIAN) {
            throw new Unavailable("The eBPF program is built for little-endian machines only.");
        }
        try {
            Path group = way == Way.TRACEPOINT ? null : controlGroup(mounts);
            BpfObject object = bpf.load(OBJECT, program(), way.programs);
            try {
                object.put("managed", 0, bpf.cookieOf(namespace));
                BpfTimeouts opened = new BpfTimeouts(linux, object, bpf.jiffyNanos(), sink);
                opened.begin(group, namespace);
                return opened;
            } catch (LinuxException | RuntimeException e) {
                object.close();
                throw e;
            }
        } catch (IOException e) {
            throw new Unavailable("eBPF can't be used: " + e.getMessage() + ".", e);
        }
    }

    private static Poller watch(Linux linux, BpfObject.Ring ring) throws LinuxException {
        Poller poller = null;
        try {
            poller = linux.openPoller();
            poller.add(ring);
            return poller;
        } catch (LinuxException | RuntimeException e) {
            if (poller != null) {
                poller.close();
            }
            ring.close();
            throw e;
        }
    }

    private static Path controlGroup(Path mounts) throws IOException, Unavailable {
        return ControlGroups.unified(mounts)
                .orElseThrow(() -> new Unavailable("No cgroup2 is mounted: mount one, on /sys/fs/cgroup for example."));
    }

    static byte[] program() throws IOException {
        try (InputStream in = BpfTimeouts.class.getResourceAsStream(OBJECT)) {
            return in.readAllBytes();
        }
    }

    private void begin(Path group, NetworkNamespace namespace) throws LinuxException {
        try {
            if (group == null) {
                object.attach("loss_state");
            } else {
                object.attach("new_sockets", group); // before the old ones: no socket may fall in between
                object.iterate("old_sockets", namespace);
            }
        } catch (LinuxException | RuntimeException e) {
            poller.close();
            ring.close();
            throw e;
        }
        thread.setDaemon(true);
        thread.start();
    }

    private void read() {
        try {
            while (!stopped) {
                poller.await(-1);
                ring.drain();
                tellDropped();
            }
        } catch (LinuxException e) {
            if (!stopped) {
                throw new IllegalStateException("Timeouts can't be read any more: " + e.getMessage(), e);
            }
        }
    }

    private void take(ByteBuffer expiry, long jiffyNanos) {
        if (expiry.limit() >= TimeoutRecord.BYTES) {
            sink.expired(TimeoutRecord.read(expiry, jiffyNanos), TimeoutRecord.expiredNanos(expiry));
        }
    }

    private void tellDropped() throws LinuxException {
        long all = object.get("dropped", 0);
        if (all > dropped) {
            sink.lost(all - dropped);
            dropped = all;
        }
    }

    /** Ends the programs and the thread. */
    @Override
    public void close() {
        stopped = true;
        poller.wakeUp();
        try {
            thread.join(CLOSE_MS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (thread.isAlive()) {
            LOG.warn("The thread that reads timeouts did not end within {} ms", CLOSE_MS);
        }
        poller.close();
        ring.close();
        object.close();
    }
}
