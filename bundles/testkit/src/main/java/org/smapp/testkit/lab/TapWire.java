package org.smapp.testkit.lab;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import org.smapp.linux.LinuxException;
import org.smapp.linux.TapDevice;

/** One direction of a TAP link: takes frames from one device and gives them to the other when the model says so. */
final class TapWire {

    private static final int FRAMES_PER_TURN = 128; // so that frames of other wires that are due don't wait

    private final TapDevice source;
    private final TapDevice target;
    private final WireModel model;
    private final FramePool pool;
    private final ArrayDeque<ByteBuffer> underWay = new ArrayDeque<>();

    private boolean cut;
    private long frames;
    private long bytes;
    private long lost;
    private long queueFull;
    private long swallowed;

    TapWire(TapDevice source, TapDevice target, WireModel model, FramePool pool) {
        this.source = source;
        this.target = target;
        this.model = model;
        this.pool = pool;
    }

    TapDevice source() {
        return source;
    }

    /** Takes in what the source's kernel has sent. */
    void read(long nowNanos) throws LinuxException {
        ByteBuffer frame = pool.take();
        for (int i = 0; i < FRAMES_PER_TURN; i++) {
            int length = source.read(frame.clear());
            if (length == TapDevice.NOTHING) {
                break;
            }
            if (accept(nowNanos, length)) {
                underWay.add(frame);
                frame = pool.take();
            }
        }
        pool.giveBack(frame);
    }

    private boolean accept(long nowNanos, int length) {
        if (cut) {
            swallowed++;
            return false;
        }
        return switch (model.offer(nowNanos, length)) {
            case CARRIED -> true;
            case LOST -> {
                lost++;
                yield false;
            }
            case QUEUE_FULL -> {
                queueFull++;
                yield false;
            }
        };
    }

    /** Hands the target what has arrived. */
    void deliver(long nowNanos) throws LinuxException {
        while (model.takeArrived(nowNanos)) {
            ByteBuffer frame = underWay.remove();
            int length = frame.remaining();
            if (target.write(frame)) {
                frames++;
                bytes += length;
            } else {
                swallowed++;
            }
            pool.giveBack(frame);
        }
    }

    long nextEventNanos() {
        return model.nextEventNanos();
    }

    Shape shape() {
        return model.shape();
    }

    void reshape(long nowNanos, Shape shape) {
        model.reshape(nowNanos, shape);
    }

    /** Cuts the wire, which loses what is under way, or mends it. */
    void cut(long nowNanos, boolean nowCut) {
        cut = nowCut;
        if (cut) {
            swallowed += model.cut(nowNanos);
            underWay.forEach(pool::giveBack);
            underWay.clear();
        }
    }

    Counters counters() {
        return new Counters(frames, bytes, lost, queueFull, swallowed);
    }
}
