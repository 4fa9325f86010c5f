package org.smapp.timeouts;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.smapp.api.event.SubflowTimeout;
import org.smapp.linux.Bpf;
import org.smapp.linux.BpfObject;
import org.smapp.linux.LinuxException;
import org.smapp.linux.NativeLinux;
import org.smapp.linux.NetworkNamespace;
import org.smapp.timeouts.BpfTimeouts.Way;

/** What is said when eBPF can't be had. */
final class UnavailableTest {

    private static final Path MOUNTS = Path.of("/proc/self/mounts");

    @TempDir
    Path folder;

    @Test
    void shouldNameTheMissingLibrary() {
        assertEquals(
                "eBPF can't be used: load libbpf-missing.so.1: it is not installed; on Debian: apt-get install libbpf1"
                        + " (ENOENT, errno 2).",
                reason(Way.TRACEPOINT, NativeLinux.bpf("libbpf-missing.so.1"), MOUNTS));
    }

    @Test
    void shouldNameTheMissingCapability() {
        assertEquals(
                "eBPF can't be used: load: run as root (EPERM, errno 1).",
                reason(Way.TRACEPOINT, new Forbidden(), MOUNTS));
    }

    @Test
    void shouldNameTheMissingControlGroups() throws Exception {
        Path mounts = Files.writeString(folder.resolve("mounts"), "proc /proc proc rw 0 0\n");
        assertEquals(
                "No cgroup2 is mounted: mount one, on /sys/fs/cgroup for example.",
                reason(Way.SOCK_OPS, new Forbidden(), mounts));
    }

    private static String reason(Way way, Bpf bpf, Path mounts) {
        return assertThrows(
                        Unavailable.class,
                        () -> BpfTimeouts.open(
                                way, NativeLinux.load(), bpf, NetworkNamespace.current(), mounts, new NoSink()))
                .getMessage();
    }

    private static final class NoSink implements BpfTimeouts.Sink {
        @Override
        public void expired(SubflowTimeout timeout, long expiredNanos) {}

        @Override
        public void lost(long count) {}
    }

    private static final class Forbidden implements Bpf {
        @Override
        public BpfObject load(String name, byte[] object, String... programs) throws LinuxException {
            throw new LinuxException("load", 1, "run as root");
        }

        @Override
        public long cookieOf(NetworkNamespace namespace) {
            return 1;
        }

        @Override
        public long jiffyNanos() {
            return 4_000_000;
        }
    }
}
