package org.smapp.linux.jnr;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * How soon a thread runs after it has woken up. A thread of usual priority that wakes up on a busy processor waits until the
 * one that runs has used its slice, some milliseconds; one with a shorter slice (EEVDF, Linux 6.12) need not.
 */
final class Scheduling {

    private static final String ARCHITECTURE = System.getProperty("os.arch");
    private static final long SYS_SCHED_SETATTR = "amd64".equals(ARCHITECTURE) ? 314 : 274;

    /** struct sched_attr in its first version: u32 size, u32 policy, u64 flags, s32 nice, u32 priority, 3 u64 of times. */
    private static final int ATTRIBUTE_BYTES = 48;

    private static final int NICE_AT = 16;
    private static final int RUNTIME_AT = 24;
    private static final int NICEST = -20;
    private static final long SHORTEST_SLICE_NANOS = 100_000;
    private static final int CALLING_THREAD = 0;

    private Scheduling() {}

    /** Returns whether the nice value was granted too. */
    static boolean favourThisThread() {
        boolean granted = set(NICEST);
        if (!granted) {
            set(0); // a shorter slice needs no privilege
        }
        return granted;
    }

    private static boolean set(int nice) {
        ByteBuffer attributes = ByteBuffer.allocateDirect(ATTRIBUTE_BYTES).order(ByteOrder.nativeOrder());
        attributes.putInt(0, ATTRIBUTE_BYTES).putInt(NICE_AT, nice).putLong(RUNTIME_AT, SHORTEST_SLICE_NANOS);
        return Native.LIBC.syscall(SYS_SCHED_SETATTR, CALLING_THREAD, attributes, 0) == 0;
    }
}
