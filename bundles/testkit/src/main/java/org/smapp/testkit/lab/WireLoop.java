package org.smapp.testkit.lab;

import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.smapp.linux.LinuxException;
import org.smapp.linux.Poller;

/**
 * The one thread that carries the frames of all TAP links of a lab. Wires belong to it; others reach them with
 * {@link #call}.
 *
 * <p>Thread-safe.
 */
final class WireLoop implements AutoCloseable {

    private static final long CALL_LIMIT_SECONDS = 10;

    private final Poller poller;
    private final FramePool pool = new FramePool();
    private final List<TapWire> wires = new ArrayList<>();
    private final Queue<FutureTask<?>> inbox = new ConcurrentLinkedQueue<>(); // bounded by the callers, who all wait
    private final Thread thread;
    private volatile boolean running = true;
    private volatile Exception failure;

    WireLoop(String name, Poller poller) {
        this.poller = poller;
        this.thread = new Thread(this::run, name);
        thread.setDaemon(true);
        thread.start();
    }

    /** Work on the wires. */
    @FunctionalInterface
    interface Work {
        void run(long nowNanos) throws LinuxException;
    }

    /** Runs {@code work} on the loop's thread and waits for it. */
    void run(Work work) {
        call(() -> {
            work.run(System.nanoTime());
            return null;
        });
    }

    /** Calls {@code work} on the loop's thread and waits for its result. */
    <T> T call(Callable<T> work) {
        FutureTask<T> task = new FutureTask<>(work);
        inbox.add(task);
        poller.wakeUp();
        if (!running) {
            throw new LabException("The lab's links have stopped" + (failure == null ? "" : ": " + failure), failure);
        }
        try {
            return task.get(CALL_LIMIT_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw new LabException("The link refused: " + e.getCause().getMessage(), e.getCause());
        } catch (TimeoutException e) {
            throw new LabException("The lab's links don't answer", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LabException("Interrupted while waiting for a link", e);
        }
    }

    /** Returns the loop's buffers; on the loop's thread only. */
    FramePool pool() {
        return pool;
    }

    /** Starts to carry frames over {@code wire}; on the loop's thread only. */
    void add(TapWire wire) {
        poller.add(wire.source());
        wires.add(wire);
    }

    /** Carries nothing over {@code wire} any more; on the loop's thread only. */
    void remove(TapWire wire) {
        if (wires.remove(wire)) {
            poller.remove(wire.source());
        }
    }

    private void run() {
        try {
            while (running) {
                turn();
            }
        } catch (LinuxException | RuntimeException e) {
            failure = e;
        } finally {
            running = false;
            poller.close();
            inbox.forEach(task -> task.cancel(false));
        }
    }

    private void turn() throws LinuxException {
        poller.await(timeoutNanos());
        long now = System.nanoTime();
        for (int i = 0; i < wires.size(); i++) {
            TapWire wire = wires.get(i);
            if (poller.isReadable(wire.source())) {
                wire.read(now);
            }
            wire.deliver(System.nanoTime());
        }
        for (FutureTask<?> task = inbox.poll(); task != null; task = inbox.poll()) {
            task.run();
        }
    }

    private long timeoutNanos() {
        long next = WireModel.NEVER;
        for (int i = 0; i < wires.size(); i++) {
            next = Math.min(next, wires.get(i).nextEventNanos());
        }
        return next == WireModel.NEVER ? -1 : Math.max(0, next - System.nanoTime());
    }

    @Override
    public void close() {
        running = false;
        poller.wakeUp();
        try {
            thread.join(TimeUnit.SECONDS.toMillis(CALL_LIMIT_SECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
