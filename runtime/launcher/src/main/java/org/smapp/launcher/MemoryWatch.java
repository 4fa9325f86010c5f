package org.smapp.launcher;

import com.sun.management.ThreadMXBean;
import java.lang.Thread.UncaughtExceptionHandler;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.util.Comparator;
import java.util.concurrent.CountDownLatch;

/**
 * Ends the process in order when its memory stays used up, or a thread of SMAPP ended for want of memory. One allocation that
 * can't be had is no reason: a controller that asked for it is taken out, and everybody else goes on. But a thread of a bundle
 * that keeps what it gets can't be stopped, and takes the memory from all.
 */
final class MemoryWatch implements UncaughtExceptionHandler {

    private static final double FULL = 0.98;
    private static final long LOOK_EACH_MS = 500;
    private static final int LOOKS = 4;
    private static final long END_WITHIN_MS = 15_000;
    private static final String OURS = "smapp-";

    private final CountDownLatch ended = new CountDownLatch(1);
    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private final Runnable end;
    private volatile String cause = "";

    /** Given back when the memory is used up: the stop needs some. */
    private byte[] reserve = new byte[2 << 20];

    /** @param end ends the process in order; called on a thread of its own */
    MemoryWatch(Runnable end) {
        this.end = end;
    }

    /** Begins to watch. All threads are there from now on: later there may be no memory for them. */
    void start() {
        Thread.setDefaultUncaughtExceptionHandler(this);
        MemoryPoolMXBean pool = ManagementFactory.getMemoryPoolMXBeans().stream()
                .filter(each -> each.getType() == MemoryType.HEAP && each.isCollectionUsageThresholdSupported())
                .max(Comparator.comparingLong(each -> each.getUsage().getMax()))
                .orElseThrow();
        pool.setCollectionUsageThreshold((long) (pool.getUsage().getMax() * FULL));
        start("smapp-memory", () -> watch(pool));
        start("smapp-memory-end", this::endInOrder);
        start("smapp-memory-halt", this::haltInTheEnd);
    }

    private static void start(String name, Runnable run) {
        Thread thread = new Thread(run, name);
        thread.setDaemon(true);
        thread.start();
    }

    private void watch(MemoryPoolMXBean pool) {
        int full = 0;
        while (full < LOOKS) {
            try {
                Thread.sleep(LOOK_EACH_MS);
                full = pool.isCollectionUsageThresholdExceeded() ? full + 1 : 0;
            } catch (OutOfMemoryError e) {
                full++;
            } catch (InterruptedException e) {
                return;
            }
        }
        usedUp("The memory is used up");
    }

    private void usedUp(String what) {
        cause = what;
        reserve = null;
        ended.countDown();
    }

    @Override
    public void uncaughtException(Thread thread, Throwable thrown) {
        System.err.println("smapp: Thread " + thread.getName() + " failed: "
                + thrown.getClass().getName());
        if (thrown instanceof OutOfMemoryError && thread.getName().startsWith(OURS)) {
            usedUp("There was no memory for the thread " + thread.getName());
        }
    }

    private void endInOrder() {
        try {
            ended.await();
            System.err.println("smapp: " + cause + ", most of it by the thread " + greediest()
                    + ". SMAPP stops, so that the network is given back; start it again without that bundle, or give it"
                    + " more memory (SMAPP_JAVA_OPTS=-Xmx...).");
            end.run();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Returns the thread that has had the most memory since it began. */
    private String greediest() {
        Thread most = null;
        long bytes = -1;
        for (Thread each : Thread.getAllStackTraces().keySet()) {
            long its = threads.getThreadAllocatedBytes(each.getId());
            if (its > bytes) {
                most = each;
                bytes = its;
            }
        }
        return most == null ? "that is not known" : most.getName() + " (" + (bytes >> 20) + " MiB)";
    }

    private void haltInTheEnd() {
        try {
            ended.await();
            Thread.sleep(END_WITHIN_MS);
            Runtime.getRuntime().halt(1); // not even the stop had memory
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
