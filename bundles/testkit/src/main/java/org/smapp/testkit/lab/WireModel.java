package org.smapp.testkit.lab;

import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * When each frame arrives at the far end of one direction of a link, or that it doesn't. Pure: time comes in with each call,
 * in nanoseconds of any monotonic clock, and must not go backwards. Frames never overtake each other.
 *
 * <p>A frame waits in the queue until the line is free, is put on the wire at the rate, and arrives one delay later. A lost
 * frame takes its room in the queue and its time on the line like any other. Whether the n-th frame offered while there is loss
 * gets lost depends on the seed, n and the loss at that moment, and on nothing else.
 *
 * <p>For one thread.
 */
final class WireModel {

    /** What becomes of a frame. */
    enum Verdict {
        /** It will arrive: see {@link #takeArrived}. */
        CARRIED,
        LOST,
        QUEUE_FULL
    }

    /** No frame is under way. */
    static final long NEVER = Long.MAX_VALUE;

    /** Bounds the memory of a wire without a rate. */
    static final int MOST_FRAMES = 1 << 15;

    private static final long NANO_BITS_PER_BYTE = 8_000_000_000L;

    private final SplittableRandom random;
    private Shape shape;
    private long delayNanos;

    // A ring of the frames under way. From head to split they are on the wire and timeNanos is the arrival; from split
    // to tail
    // they are in the queue and timeNanos is the moment at which they will have been put on the wire.
    private long[] timeNanos = new long[256];
    private int[] sizeBytes = new int[256]; // below zero: lost
    private long head;
    private long split;
    private long tail;

    private long queuedBytes;
    private long lineFreeNanos = Long.MIN_VALUE;
    private long lastArrivalNanos = Long.MIN_VALUE;

    WireModel(Shape shape, long seed) {
        this.random = new SplittableRandom(seed);
        use(shape);
    }

    /** Offers a frame of {@code bytes} (above zero) to the wire. */
    Verdict offer(long nowNanos, int bytes) {
        advance(nowNanos);
        boolean lost = shape.loss() > 0 && random.nextDouble() < shape.loss();
        boolean full = split < tail && queuedBytes + bytes > shape.queueBytes();
        if (full || tail - head == MOST_FRAMES) {
            return Verdict.QUEUE_FULL;
        }
        lineFreeNanos = Math.max(nowNanos, lineFreeNanos) + serialisationNanos(bytes);
        queuedBytes += bytes;
        append(lineFreeNanos, lost ? -bytes : bytes);
        return lost ? Verdict.LOST : Verdict.CARRIED;
    }

    /** Returns when {@link #takeArrived} has something to do next, or {@link #NEVER}. */
    long nextEventNanos() {
        if (head == tail) {
            return NEVER;
        }
        return head < split ? timeNanos[at(head)] : arrivalNanos(timeNanos[at(head)]);
    }

    /** Takes the oldest frame off the wire if it is carried and has arrived, and returns whether it did so. */
    boolean takeArrived(long nowNanos) {
        advance(nowNanos);
        while (head < split && timeNanos[at(head)] <= nowNanos) {
            boolean carried = sizeBytes[at(head)] > 0;
            head++;
            if (carried) {
                return true;
            }
        }
        return false;
    }

    /** Returns how many bytes wait for the line, the frame in transmission included. */
    long queuedBytes(long nowNanos) {
        advance(nowNanos);
        return queuedBytes;
    }

    /**
     * Changes the shape. A new rate goes for what hasn't been put on the wire yet, the rest of the frame in transmission
     * included; a new delay for frames that haven't left the queue; queue and loss for frames offered from now on.
     */
    void reshape(long nowNanos, Shape newShape) {
        advance(nowNanos);
        long oldRate = shape.rateBitsPerSecond();
        use(newShape);
        if (split == tail) {
            return;
        }
        long restNanos = timeNanos[at(split)] - nowNanos;
        lineFreeNanos = nowNanos + scaled(restNanos, oldRate, newShape.rateBitsPerSecond());
        timeNanos[at(split)] = lineFreeNanos;
        for (long i = split + 1; i < tail; i++) {
            lineFreeNanos += serialisationNanos(Math.abs(sizeBytes[at(i)]));
            timeNanos[at(i)] = lineFreeNanos;
        }
    }

    /** Forgets all frames under way, as when the cable is cut, and returns how many of them would have arrived. */
    int cut(long nowNanos) {
        int carried = 0;
        for (long i = head; i < tail; i++) {
            carried += sizeBytes[at(i)] > 0 ? 1 : 0;
        }
        head = tail;
        split = tail;
        queuedBytes = 0;
        lineFreeNanos = nowNanos;
        return carried;
    }

    Shape shape() {
        return shape;
    }

    private void use(Shape newShape) {
        shape = newShape;
        delayNanos = newShape.delay().toNanos();
    }

    private void advance(long nowNanos) {
        while (split < tail && timeNanos[at(split)] <= nowNanos) {
            lastArrivalNanos = arrivalNanos(timeNanos[at(split)]);
            timeNanos[at(split)] = lastArrivalNanos;
            queuedBytes -= Math.abs(sizeBytes[at(split)]);
            split++;
        }
    }

    private long arrivalNanos(long onWireNanos) {
        return Math.max(lastArrivalNanos, onWireNanos + delayNanos);
    }

    private long serialisationNanos(int bytes) {
        long rate = shape.rateBitsPerSecond();
        return rate == 0 ? 0 : (bytes * NANO_BITS_PER_BYTE + rate - 1) / rate;
    }

    private static long scaled(long nanos, long oldRate, long newRate) {
        return newRate == 0 ? 0 : (long) Math.ceil(nanos * ((double) oldRate / newRate));
    }

    private void append(long time, int size) {
        if (tail - head == timeNanos.length) {
            grow();
        }
        timeNanos[at(tail)] = time;
        sizeBytes[at(tail)] = size;
        tail++;
    }

    private void grow() {
        int length = timeNanos.length;
        int first = at(head);
        long[] times = Arrays.copyOf(timeNanos, 2 * length);
        int[] sizes = Arrays.copyOf(sizeBytes, 2 * length);
        for (int i = 0; i < length; i++) {
            times[i] = timeNanos[(first + i) & (length - 1)];
            sizes[i] = sizeBytes[(first + i) & (length - 1)];
        }
        timeNanos = times;
        sizeBytes = sizes;
        split -= head;
        tail -= head;
        head = 0;
    }

    private int at(long index) {
        return (int) index & (timeNanos.length - 1);
    }
}
