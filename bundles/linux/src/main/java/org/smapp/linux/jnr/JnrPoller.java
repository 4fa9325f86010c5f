package org.smapp.linux.jnr;

import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicBoolean;
import org.smapp.linux.Errno;
import org.smapp.linux.LinuxException;
import org.smapp.linux.Pollable;
import org.smapp.linux.Poller;

/** A poller by ppoll(2), woken through an eventfd. Waiting and waking allocate nothing. */
final class JnrPoller implements Poller {

    private static final int MOST = 16;
    private static final int NANOS_PER_SECOND = 1_000_000_000;

    private static final int EFD_NONBLOCK = 0x800;
    private static final int EFD_CLOEXEC = 0x80000;

    /** struct pollfd: int fd, short events, short revents. */
    private static final int ENTRY_BYTES = 8;

    private static final int ENTRY_EVENTS = 4;
    private static final int ENTRY_REVENTS = 6;
    private static final short POLLIN = 1;
    private static final long NULL = 0;

    private final Descriptor wakeUp;
    private final AtomicBoolean wakeUpPending = new AtomicBoolean();
    private final ByteBuffer one = Native.memory(Long.BYTES).putLong(0, 1);
    private final ByteBuffer drained = Native.memory(Long.BYTES);

    /** struct timespec: long seconds, long nanoseconds. */
    private final ByteBuffer timeout = Native.memory(2 * Long.BYTES);

    /** Entry 0 is the eventfd, entry i + 1 belongs to watched[i]. */
    private final ByteBuffer entries = Native.memory((MOST + 1) * ENTRY_BYTES);

    private final long timeoutAddress = Native.addressOf(timeout);
    private final long entriesAddress = Native.addressOf(entries);
    private final Pollable[] watched = new Pollable[MOST];
    private int count;

    private JnrPoller(Descriptor wakeUp) {
        this.wakeUp = wakeUp;
    }

    static JnrPoller open() throws LinuxException {
        int fd = Native.LIBC.eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC);
        if (fd < 0) {
            throw Native.failed("open eventfd");
        }
        return new JnrPoller(new Descriptor("poller", fd));
    }

    @Override
    public void add(Pollable pollable) {
        if (indexOf(pollable) >= 0) {
            return;
        }
        if (count == MOST) {
            throw new IllegalStateException("a poller watches " + MOST + " descriptors at most");
        }
        watched[count++] = pollable;
        entry(count, -1);
    }

    @Override
    public void remove(Pollable pollable) {
        int index = indexOf(pollable);
        if (index < 0) {
            return;
        }
        count--;
        System.arraycopy(watched, index + 1, watched, index, count - index);
        watched[count] = null;
        for (int i = index; i < count; i++) {
            entries.putLong((i + 1) * ENTRY_BYTES, entries.getLong((i + 2) * ENTRY_BYTES));
        }
    }

    @Override
    public int await(long timeoutNanos) throws LinuxException {
        int eventFd = wakeUp.acquire();
        try {
            entry(0, eventFd);
            for (int i = 0; i < count; i++) {
                entry(
                        i + 1,
                        watched[i].descriptor()); // asked each time: below zero once it is closed, and then ignored
            }
            int ready = Native.LIBC.ppoll(entriesAddress, count + 1L, timespec(timeoutNanos), NULL);
            if (ready < 0) {
                return interrupted(Native.errno());
            }
            if (readiness(0) == 0) {
                return ready;
            }
            Native.LIBC.read(eventFd, drained, Long.BYTES);
            wakeUpPending.set(false); // after draining: a wake-up between the two ends this very wait
            return ready - 1;
        } finally {
            wakeUp.release();
        }
    }

    private int interrupted(int errno) throws LinuxException {
        if (errno != Errno.EINTR) {
            throw Native.failed("poll", errno);
        }
        for (int i = 0; i <= count; i++) {
            entries.putShort(i * ENTRY_BYTES + ENTRY_REVENTS, (short) 0);
        }
        return 0;
    }

    private long timespec(long nanos) {
        if (nanos < 0) {
            return NULL;
        }
        timeout.putLong(0, nanos / NANOS_PER_SECOND);
        timeout.putLong(Long.BYTES, nanos % NANOS_PER_SECOND);
        return timeoutAddress;
    }

    private void entry(int index, int fd) {
        int at = index * ENTRY_BYTES;
        entries.putInt(at, fd);
        entries.putShort(at + ENTRY_EVENTS, POLLIN);
        entries.putShort(at + ENTRY_REVENTS, (short) 0);
    }

    private int readiness(int index) {
        return entries.getShort(index * ENTRY_BYTES + ENTRY_REVENTS);
    }

    private int indexOf(Pollable pollable) {
        for (int i = 0; i < count; i++) {
            if (watched[i] == pollable) {
                return i;
            }
        }
        return -1;
    }

    @Override
    public boolean isReadable(Pollable pollable) {
        int index = indexOf(pollable);
        return index >= 0 && readiness(index + 1) != 0;
    }

    @Override
    public void wakeUp() {
        if (!wakeUpPending.getAndSet(true)) {
            signal(false);
        }
    }

    @Override
    public void close() {
        signal(true);
    }

    /** Closes first if it has to, then wakes: a thread that was woken and comes again must find the poller closed. */
    private void signal(boolean closing) {
        try {
            int fd = wakeUp.acquire();
            try {
                if (closing) {
                    wakeUp.close();
                }
                Native.LIBC.write(fd, one, Long.BYTES);
            } finally {
                wakeUp.release();
            }
        } catch (LinuxException e) {
            // Closed already: nobody waits, and nobody will.
        }
    }
}
