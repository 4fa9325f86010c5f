package org.smapp.linux;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class PollerTest {

    private static final long LONG_NANOS = TimeUnit.SECONDS.toNanos(15);

    private final Linux linux = NativeLinux.load();

    @Test
    void timesOutInNanoseconds() throws Exception {
        try (Poller poller = linux.openPoller()) {
            long start = System.nanoTime();

            assertEquals(0, poller.await(1_500_000));

            long nanos = System.nanoTime() - start;
            assertTrue(nanos >= 1_500_000, () -> "woke after " + nanos + " ns");
        }
    }

    @Test
    void wakeUpBeforeAwaitCountsOnce() throws Exception {
        try (Poller poller = linux.openPoller()) {
            poller.wakeUp();
            poller.wakeUp();

            assertTimeoutPreemptively(Duration.ofSeconds(5), () -> assertEquals(0, poller.await(-1)));
            long start = System.nanoTime();
            poller.await(2_000_000);
            assertTrue(System.nanoTime() - start >= 2_000_000, "the second wake-up was kept");
            poller.wakeUp();
            assertTimeoutPreemptively(Duration.ofSeconds(5), () -> assertEquals(0, poller.await(-1)));
        }
    }

    @Test
    void wakeUpsFromManyThreadsAreNeverLost() throws Exception {
        try (Poller poller = linux.openPoller()) {
            int rounds = 20_000;
            Semaphore work = new Semaphore(0);
            Runnable waker = () -> {
                for (int i = 0; i < rounds; i++) {
                    work.release();
                    poller.wakeUp();
                }
            };
            Thread one = new Thread(waker, "waker-1");
            Thread two = new Thread(waker, "waker-2");
            one.start();
            two.start();
            int seen = 0;
            while (seen < 2 * rounds) {
                long start = System.nanoTime();
                poller.await(LONG_NANOS);
                assertTrue(System.nanoTime() - start < LONG_NANOS, "a wake-up was lost");
                seen += work.drainPermits();
            }
            one.join();
            two.join();
        }
    }

    @Test
    void tellsWhichSocketIsReadable() throws Exception {
        try (Poller poller = linux.openPoller();
                NetlinkSocket quiet = linux.openNetlink(NetworkNamespace.current(), NetlinkSocket.GENERIC);
                NetlinkSocket busy = linux.openNetlink(NetworkNamespace.current(), NetlinkSocket.GENERIC)) {
            poller.add(quiet);
            poller.add(busy);
            busy.send(acknowledgedNoop());

            assertEquals(1, poller.await(LONG_NANOS));
            assertFalse(poller.isReadable(quiet));
            assertTrue(poller.isReadable(busy));

            poller.remove(quiet);
            assertTrue(poller.isReadable(busy), "the answer moves with the entry");
            poller.remove(busy);
            assertFalse(poller.isReadable(busy));
            assertEquals(0, poller.await(0));
        }
    }

    @Test
    void closedSocketIsNotReadable() throws Exception {
        try (Poller poller = linux.openPoller()) {
            NetlinkSocket socket = linux.openNetlink(NetworkNamespace.current(), NetlinkSocket.GENERIC);
            poller.add(socket);
            socket.send(acknowledgedNoop());
            socket.close();

            assertEquals(0, poller.await(0));
            assertFalse(poller.isReadable(socket));
        }
    }

    @Test
    void closeEndsTheWait() throws Exception {
        Poller poller = linux.openPoller();
        CountDownLatch waiting = new CountDownLatch(1);
        CompletableFuture<Integer> result = CompletableFuture.supplyAsync(() -> {
            waiting.countDown();
            try {
                return poller.await(-1);
            } catch (LinuxException e) {
                return -e.errno(); // closed before it began to wait
            }
        });
        waiting.await();

        poller.close();
        poller.close();

        int ended = result.get(5, TimeUnit.SECONDS);
        assertTrue(ended == 0 || ended == -Errno.EBADF, () -> "await ended with " + ended);
        assertThrows(LinuxException.class, () -> poller.await(0));
        poller.wakeUp();
    }

    @Test
    void closeEndsEveryWait() throws Exception {
        for (int i = 0; i < 1_000; i++) {
            Poller poller = linux.openPoller();
            CompletableFuture<LinuxException> end = new CompletableFuture<>();
            Thread agent = new Thread(() -> {
                try {
                    while (true) {
                        poller.await(-1);
                    }
                } catch (LinuxException e) {
                    end.complete(e);
                }
            });
            agent.start();
            poller.wakeUp();
            poller.close();
            assertEquals(Errno.EBADF, end.get(5, TimeUnit.SECONDS).errno());
            agent.join();
        }
    }

    @Test
    void watchesSixteenAtMost() throws Exception {
        try (Poller poller = linux.openPoller()) {
            for (int i = 0; i < 16; i++) {
                int number = -1 - i;
                poller.add(() -> number);
            }
            assertThrows(IllegalStateException.class, () -> poller.add(() -> -100));
        }
    }

    private static ByteBuffer acknowledgedNoop() {
        ByteBuffer message = ByteBuffer.allocateDirect(16).order(ByteOrder.nativeOrder());
        return message.putInt(16)
                .putShort((short) 1)
                .putShort((short) 5)
                .putInt(1)
                .putInt(0)
                .flip();
    }
}
