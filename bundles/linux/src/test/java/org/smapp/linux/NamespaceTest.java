package org.smapp.linux;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NamespaceTest {

    private static final Path OWN = Path.of("/proc/thread-self/ns/net");

    private final Linux linux = NativeLinux.load();

    @Test
    void insideIsInsideAndOutsideIsNot() throws Exception {
        try (TestNamespace namespace = new TestNamespace()) {
            String outside = Files.readSymbolicLink(OWN).toString();

            String inside = linux.inside(
                    namespace.file(), () -> Files.readSymbolicLink(OWN).toString());

            assertNotEquals(outside, inside);
            assertEquals(outside, Files.readSymbolicLink(OWN).toString());
        }
    }

    @Test
    void currentIsTheProcessesOwnEvenFromInsideAnother() throws Exception {
        try (TestNamespace namespace = new TestNamespace()) {
            String outside = Files.readSymbolicLink(OWN).toString();

            String nested = linux.inside(
                    namespace.file(),
                    () -> linux.inside(
                            NetworkNamespace.current(),
                            () -> Files.readSymbolicLink(OWN).toString()));

            assertEquals(outside, nested);
        }
    }

    @Test
    void processesStartedInsideBelongToIt() throws Exception {
        try (TestNamespace namespace = new TestNamespace()) {
            String inside = linux.inside(
                    namespace.file(), () -> Files.readSymbolicLink(OWN).toString());

            Process process =
                    linux.inside(namespace.file(), () -> new ProcessBuilder("readlink", "/proc/self/ns/net").start());

            assertEquals(inside, new String(process.getInputStream().readAllBytes()).trim());
        }
    }

    @Test
    void runsOnAThreadOfItsOwn() throws Exception {
        Thread worker = linux.inside(NetworkNamespace.current(), Thread::currentThread);

        assertNotSame(Thread.currentThread(), worker);
    }

    @Test
    void failureOfTheWorkComesOutUnwrapped() {
        IOException failure = new IOException("on purpose");

        assertSame(
                failure,
                assertThrows(
                        IOException.class,
                        () -> linux.inside(NetworkNamespace.current(), () -> {
                            throw failure;
                        })));
    }

    @Test
    void missingNamespaceIsNamed() {
        NetworkNamespace nowhere = NetworkNamespace.named("netlink-nowhere");

        LinuxException failure =
                assertThrows(LinuxException.class, () -> linux.openNetlink(nowhere, NetlinkSocket.GENERIC));

        assertEquals(Errno.ENOENT, failure.errno());
        assertTrue(failure.getMessage().contains("/run/netns/netlink-nowhere: there is no such file"));
    }

    @Test
    void fileThatIsNoNamespaceIsNamed(@TempDir Path folder) throws Exception {
        NetworkNamespace plain = new NetworkNamespace(Files.createFile(folder.resolve("plain")));

        LinuxException failure =
                assertThrows(LinuxException.class, () -> linux.openNetlink(plain, NetlinkSocket.GENERIC));

        assertEquals(Errno.EINVAL, failure.errno());
        assertTrue(failure.getMessage().contains("does not stand for a network namespace"));
    }

    @Test
    void errorsHaveNames() {
        assertEquals("Invalid argument", linux.describe(Errno.EINVAL));
        assertEquals("EADDRNOTAVAIL", Errno.name(99));
        assertEquals("E4095", Errno.name(4095));
    }
}
