package org.smapp.timeouts;

import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.smapp.api.event.SubflowTimeout;
import org.smapp.linux.Bpf;
import org.smapp.linux.Breakage;
import org.smapp.linux.Linux;
import org.smapp.linux.NetworkNamespace;
import org.smapp.linux.Pollable;
import org.smapp.linux.Poller;

/** Who opens closes, also when a later step fails. */
final class OpeningTest {

    @ParameterizedTest
    @EnumSource(BpfTimeouts.Way.class)
    void timeoutsShouldLeaveNothingOpen(BpfTimeouts.Way way) throws Exception {
        Breakage.everywhere(breakage -> BpfTimeouts.open(
                way,
                breakage.in(Linux.class, idle(Linux.class)),
                breakage.in(Bpf.class, idle(Bpf.class)),
                NetworkNamespace.current(),
                Path.of("/proc/self/mounts"),
                new BpfTimeouts.Sink() {
                    @Override
                    public void expired(SubflowTimeout timeout, long expiredNanos) {}

                    @Override
                    public void lost(long count) {}
                }));
    }

    /** Returns a door behind which nothing happens. */
    private static <T> T idle(Class<T> type) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (proxy, method, with) -> {
            Class<?> result = method.getReturnType();
            if (result == Poller.class) {
                return new IdlePoller();
            }
            if (result.isInterface()) {
                return idle(result);
            }
            return result == long.class ? (Object) 0L : result == int.class ? (Object) 0 : false;
        }));
    }

    private static final class IdlePoller implements Poller {
        private final Semaphore wakeUps = new Semaphore(0);

        @Override
        public void add(Pollable pollable) {}

        @Override
        public void remove(Pollable pollable) {}

        @Override
        public int await(long timeoutNanos) {
            wakeUps.acquireUninterruptibly();
            return 0;
        }

        @Override
        public boolean isReadable(Pollable pollable) {
            return false;
        }

        @Override
        public void wakeUp() {
            wakeUps.release();
        }

        @Override
        public void close() {
            wakeUps.release();
        }
    }
}
