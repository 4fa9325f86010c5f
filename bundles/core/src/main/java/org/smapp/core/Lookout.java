package org.smapp.core;

import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Looks now and then at what no event tells of. {@link #run} is for one thread, {@link #stop} for any. */
final class Lookout implements Runnable {

    private static final long EVERY_SECONDS = 30;

    private final List<Runnable> looks;
    private final CountDownLatch stopped = new CountDownLatch(1);

    Lookout(List<Runnable> looks) {
        this.looks = List.copyOf(looks);
    }

    /** Looks until {@link #stop}. */
    @Override
    public void run() {
        try {
            do {
                looks.forEach(Runnable::run);
            } while (!stopped.await(EVERY_SECONDS, TimeUnit.SECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    void stop() {
        stopped.countDown();
    }
}
