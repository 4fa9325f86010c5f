package org.smapp.linux.jnr;

import java.nio.ByteBuffer;

/**
 * How soon a thread runs after it has woken up. A thread of usual priority that wakes up on a busy processor waits until the
 * one that runs has used its slice, some milliseconds; one with a shorter slice (EEVDF, Linux 6.12) need not.
 */
final class Scheduling {

    private static final String ARCHITECTURE = System.getProperty("os.arch");
    private static final long SYS_SCHED_SETATTR = "amd64".equals(ARCHITECTURE) ? 314 : 274;
    private static final long SYS_GETTID = "amd64".equals(ARCHITECTURE) ? 186 : 178;

    /** struct sched_attr in its first version: u32 size, u32 policy, u64 flags, s32 nice, u32 priority, 3 u64 of times. */
    private static final int ATTRIBUTE_BYTES = 48;

    private static final int NICE_AT = 16;
    private static final int RUNTIME_AT = 24;
    private static final int NICEST = -20;
    private static final int LAST_IN_LINE = 19;
    private static final long SHORTEST_SLICE_NANOS = 100_000;
    private static final long USUAL_SLICE = 0;
    private static final int CALLING_THREAD = 0;
    private static final int SCHED_OTHER = 0;
    private static final int SCHED_BATCH = 3;

    /** struct sched_param; only real-time threads have a priority. */
    private static final int NO_PRIORITY = 0;

    private Scheduling() {}

    /** Returns whether the nice value was granted too. */
    static boolean favourThisThread() {
        boolean granted = set(CALLING_THREAD, NICEST, SHORTEST_SLICE_NANOS);
        if (!granted) {
            set(CALLING_THREAD, 0, SHORTEST_SLICE_NANOS); // a shorter slice needs no privilege
        }
        return granted;
    }

    static int thisThread() {
        return (int) Native.LIBC.syscall(SYS_GETTID, 0, null, 0);
    }

    static boolean holdBack(int thread) {
        return set(thread, LAST_IN_LINE, USUAL_SLICE);
    }

    /** Changes the policy alone: unlike the system call with attributes, this one leaves nice value and slice as they are. */
    static boolean preempts(int thread, boolean does) {
        return Native.LIBC.sched_setscheduler(thread, does ? SCHED_OTHER : SCHED_BATCH, Native.memoryOf(NO_PRIORITY))
                == 0;
    }

    private static boolean set(int thread, int nice, long sliceNanos) {
        ByteBuffer attributes = Native.memory(ATTRIBUTE_BYTES);
        attributes.putInt(0, ATTRIBUTE_BYTES).putInt(NICE_AT, nice).putLong(RUNTIME_AT, sliceNanos);
        return Native.LIBC.syscall(SYS_SCHED_SETATTR, thread, attributes, 0) == 0;
    }
}
