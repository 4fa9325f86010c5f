package org.smapp.testkit.lab;

import java.time.Duration;

/**
 * What one direction of a link does to frames. Bytes are those of the Ethernet frame (14 bytes more than the IP packet).
 *
 * @param rateBitsPerSecond how fast frames are put on the wire; 0 for no limit
 * @param delay how long the wire takes, one way
 * @param queueBytes how many bytes may wait for the wire, the frame in transmission included; a frame that finds more is
 *     dropped, except that an empty queue takes any frame
 * @param loss the share of frames that get lost on the wire, 0 to 1
 */
public record Shape(long rateBitsPerSecond, Duration delay, int queueBytes, double loss) {

    /** No limit, no delay, no loss. */
    public static final Shape UNLIMITED = of(0, Duration.ZERO);

    private static final int SMALLEST_DEFAULT_QUEUE_BYTES = 65_536;
    private static final long SHORTEST_DEFAULT_QUEUE_NANOS = 50_000_000;

    public Shape {
        if (rateBitsPerSecond < 0 || delay.isNegative() || queueBytes < 0 || !(loss >= 0 && loss <= 1)) {
            throw new IllegalArgumentException(
                    "Rate, delay and queue can't be negative, and loss is between 0 and 1: rate " + rateBitsPerSecond
                            + " bit/s, delay " + delay + ", queue " + queueBytes + " bytes, loss " + loss);
        }
    }

    /**
     * Returns a shape without loss, with the queue of a plain modem: what the wire carries in one round trip
     * ({@code 2 * delay}) or in 50 ms, whatever is more, and at least 64 KiB.
     */
    public static Shape of(long rateBitsPerSecond, Duration delay) {
        long queueNanos = Math.max(2 * delay.toNanos(), SHORTEST_DEFAULT_QUEUE_NANOS);
        double queueBytes = rateBitsPerSecond / 8.0 * (queueNanos / 1e9);
        return new Shape(
                rateBitsPerSecond,
                delay,
                (int) Math.min(Integer.MAX_VALUE, Math.max(SMALLEST_DEFAULT_QUEUE_BYTES, queueBytes)),
                0);
    }

    /** Returns this shape with another rate and the same queue. */
    public Shape withRate(long newRateBitsPerSecond) {
        return new Shape(newRateBitsPerSecond, delay, queueBytes, loss);
    }

    /** Returns this shape with another delay and the same queue. */
    public Shape withDelay(Duration newDelay) {
        return new Shape(rateBitsPerSecond, newDelay, queueBytes, loss);
    }

    /** Returns this shape with another queue. */
    public Shape withQueue(int newQueueBytes) {
        return new Shape(rateBitsPerSecond, delay, newQueueBytes, loss);
    }

    /** Returns this shape with another loss, 0 to 1. */
    public Shape withLoss(double newLoss) {
        return new Shape(rateBitsPerSecond, delay, queueBytes, newLoss);
    }
}
