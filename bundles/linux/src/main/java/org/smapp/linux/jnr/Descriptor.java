package org.smapp.linux.jnr;

import java.util.concurrent.atomic.AtomicInteger;
import org.smapp.linux.Errno;
import org.smapp.linux.LinuxException;

/**
 * A file descriptor that any thread may close while others use it: the number goes back to the kernel once, and only when
 * nobody is inside a call with it, so that no call ever hits somebody else's file under a number that was given out again.
 *
 * <p>Thread-safe.
 */
final class Descriptor {

    private static final int CLOSED = Integer.MIN_VALUE;

    private final String what;
    private final int fd;

    /** How many calls are under way, with {@link #CLOSED} added once it is closed. */
    private final AtomicInteger uses = new AtomicInteger();

    /**
     * @param what names it in errors, such as {@code "netlink socket"}
     * @param fd an open file descriptor, owned from now on
     */
    Descriptor(String what, int fd) {
        this.what = what;
        this.fd = fd;
    }

    /** Returns the number, or -1 when it is closed. For messages and for polling; calls need {@link #acquire}. */
    int number() {
        return uses.get() < 0 ? -1 : fd;
    }

    /** Returns the number for one call, which ends with {@link #release}. */
    int acquire() throws LinuxException {
        int now;
        do {
            now = uses.get();
            if (now < 0) {
                throw new LinuxException("use " + what, Errno.EBADF, "it is closed already");
            }
        } while (!uses.compareAndSet(now, now + 1));
        return fd;
    }

    void release() {
        if (uses.decrementAndGet() == CLOSED) {
            Native.LIBC.close(fd);
        }
    }

    /** Closes it once the calls under way are done; again does nothing. */
    void close() {
        int before = uses.getAndUpdate(now -> now | CLOSED);
        if (before == 0) {
            Native.LIBC.close(fd);
        }
    }

    @Override
    public String toString() {
        return what + " " + fd + (uses.get() < 0 ? " (closed)" : "");
    }
}
