package org.smapp.testkit.kernel;

import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.smapp.linux.Pollable;
import org.smapp.linux.Poller;

/** Waits for sockets of the fake kernel. */
final class FakePoller implements Poller {

    private final Object lock;
    private final Set<FakeSocket> watched = new HashSet<>();
    private final Set<FakeSocket> readable = new HashSet<>();
    private boolean woken;
    private boolean closed;

    FakePoller(Object lock) {
        this.lock = lock;
    }

    @Override
    public void add(Pollable pollable) {
        synchronized (lock) {
            watched.add((FakeSocket) pollable);
        }
    }

    @Override
    public void remove(Pollable pollable) {
        synchronized (lock) {
            watched.remove((FakeSocket) pollable);
        }
    }

    @Override
    public int await(long timeoutNanos) {
        long start = System.nanoTime();
        synchronized (lock) {
            while (!isOver()) {
                long left = timeoutNanos < 0 ? Long.MAX_VALUE : timeoutNanos - (System.nanoTime() - start);
                if (left <= 0) {
                    break;
                }
                try {
                    TimeUnit.NANOSECONDS.timedWait(lock, left);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt(); // poll(2) ends early on a signal, too
                    break;
                }
            }
            woken = false;
            return readable.size();
        }
    }

    private boolean isOver() {
        readable.clear();
        watched.stream().filter(FakeSocket::isReadable).forEach(readable::add);
        return woken || closed || !readable.isEmpty();
    }

    @Override
    public boolean isReadable(Pollable pollable) {
        synchronized (lock) {
            return pollable instanceof FakeSocket socket && readable.contains(socket);
        }
    }

    @Override
    public void wakeUp() {
        synchronized (lock) {
            woken = true;
            lock.notifyAll();
        }
    }

    @Override
    public void close() {
        synchronized (lock) {
            closed = true;
            lock.notifyAll();
        }
    }
}
