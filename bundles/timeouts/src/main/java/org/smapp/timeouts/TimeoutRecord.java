package org.smapp.timeouts;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.smapp.api.FourTuple;
import org.smapp.api.IpAddress;
import org.smapp.api.Token;
import org.smapp.api.event.SubflowTimeout;

/** Reads {@code struct expiry} of timeouts.bpf.c. Stateless. */
final class TimeoutRecord {

    static final int BYTES = 64;

    private static final int AF_INET = 2;
    private static final long NANOS_PER_MS = 1_000_000;

    private TimeoutRecord() {}

    /** Returns when the timer expired, as {@link System#nanoTime} counts on Linux. */
    static long expiredNanos(ByteBuffer expiry) {
        return expiry.getLong(0);
    }

    /** @param jiffyNanos how long a jiffy is, the unit in which the kernel tells the timer */
    static SubflowTimeout read(ByteBuffer expiry, long jiffyNanos) {
        long rtoMs = Integer.toUnsignedLong(expiry.getInt(12)) * jiffyNanos / NANOS_PER_MS;
        boolean v4 = expiry.getShort(20) == AF_INET;
        ByteBuffer network = expiry.duplicate().order(ByteOrder.BIG_ENDIAN);
        FourTuple ends = new FourTuple(
                address(network, 24, v4),
                expiry.getShort(56) & 0xffff,
                address(network, 40, v4),
                network.getShort(58) & 0xffff);
        return new SubflowTimeout(
                new Token(expiry.getInt(8)),
                ends,
                (int) Math.min(Integer.MAX_VALUE, rtoMs),
                expiry.getInt(16) + 1,
                expiry.getShort(22) != 0);
    }

    private static IpAddress address(ByteBuffer network, int at, boolean v4) {
        return v4
                ? IpAddress.v4(network.getInt(at))
                : IpAddress.v6(network.getLong(at), network.getLong(at + Long.BYTES));
    }
}
