package org.smapp.core.measure;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.smapp.api.measure.Measurements.Sample;
import org.smapp.api.measure.Measurements.Series;
import org.smapp.api.measure.SubflowInfo;

/**
 * Asks for the subflows at the moments that the listeners want, once for all of them, on a thread that is there while somebody
 * listens. Moments are multiples of the interval.
 *
 * <p>Thread-safe.
 */
final class Sampling implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Sampling.class);
    private static final Duration SHORTEST = Duration.ofMillis(10);

    private final Supplier<List<SubflowInfo>> kernel;
    private final LongSupplier nanoTime;
    private final List<Listener> listeners = new CopyOnWriteArrayList<>();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private Thread thread;

    Sampling(Supplier<List<SubflowInfo>> kernel, LongSupplier nanoTime) {
        this.kernel = kernel;
        this.nanoTime = nanoTime;
    }

    private final class Listener implements Series {
        private final long intervalNanos;
        private final Consumer<Sample> consumer;
        private long dueNanos;

        Listener(long intervalNanos, Consumer<Sample> consumer) {
            this.intervalNanos = intervalNanos;
            this.consumer = consumer;
            scheduleAfter(nanoTime.getAsLong());
        }

        void scheduleAfter(long now) {
            dueNanos = (Math.floorDiv(now, intervalNanos) + 1) * intervalNanos;
        }

        void take(Sample sample) {
            try {
                consumer.accept(sample);
            } catch (RuntimeException | LinkageError e) { // its bundle may be on its way out
                LOG.error("A listener of samples failed and is dropped", e);
                close();
            }
        }

        @Override
        public void close() {
            listeners.remove(this);
            wake();
        }
    }

    Series start(Duration interval, Consumer<Sample> consumer) {
        if (interval.compareTo(SHORTEST) < 0) {
            throw new IllegalArgumentException("the interval is " + interval + ": it must be 10 ms at least");
        }
        Listener listener = new Listener(interval.toNanos(), consumer);
        lock.lock();
        try {
            listeners.add(listener);
            if (thread == null) {
                thread = new Thread(this::run, "smapp-sampler");
                thread.setDaemon(true);
                thread.start();
            }
            changed.signal();
        } finally {
            lock.unlock();
        }
        return listener;
    }

    private void run() {
        while (awaitDue()) {
            long now = nanoTime.getAsLong();
            List<Listener> due =
                    listeners.stream().filter(each -> each.dueNanos <= now).toList();
            if (!due.isEmpty()) {
                look(now, due);
            }
        }
    }

    private void look(long now, List<Listener> due) {
        due.forEach(each -> each.scheduleAfter(now));
        try {
            Sample sample = new Sample(now, kernel.get());
            due.forEach(each -> each.take(sample));
        } catch (RuntimeException e) {
            LOG.warn("The subflows could not be asked for, and this sample is left out: {}", e.getMessage());
            LOG.debug("Because of", e);
        }
    }

    /** Waits until somebody is due; returns false, and lets the thread end, when nobody listens. */
    private boolean awaitDue() {
        lock.lock();
        try {
            while (!listeners.isEmpty()) {
                long due = listeners.stream()
                        .mapToLong(each -> each.dueNanos)
                        .min()
                        .orElse(0);
                long left = due - nanoTime.getAsLong();
                if (left <= 0) {
                    return true;
                }
                changed.await(left, TimeUnit.NANOSECONDS);
            }
            thread = null;
            return false;
        } catch (InterruptedException e) {
            thread = null;
            return false;
        } finally {
            lock.unlock();
        }
    }

    private void wake() {
        lock.lock();
        try {
            changed.signal();
        } finally {
            lock.unlock();
        }
    }

    /** Returns whether the thread is there. */
    boolean isRunning() {
        lock.lock();
        try {
            return thread != null;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() {
        listeners.clear();
        wake();
    }
}
