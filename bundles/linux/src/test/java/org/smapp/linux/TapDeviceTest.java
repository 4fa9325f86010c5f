package org.smapp.linux;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class TapDeviceTest {

    private static final byte[] DATA = {1, 2, 3, 4, 5, 6, 7, 8};
    private static final int IP_HEADERS = 14 + 20 + 8;

    private final Linux linux = NativeLinux.load();
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(2048);

    @Test
    void framesOfTheKernelComeOut() throws Exception {
        try (TestNamespace namespace = new TestNamespace();
                TapDevice tap = linux.openTap(namespace.file(), "tap0");
                Poller poller = linux.openPoller()) {
            assertEquals("tap0", tap.name());
            poller.add(tap);
            up(namespace);
            linux.inside(namespace.file(), () -> {
                try (DatagramSocket socket = new DatagramSocket()) {
                    socket.send(new DatagramPacket(DATA, DATA.length, InetAddress.getByName("10.9.0.2"), 9));
                }
                return null;
            });

            while (!isOurs(tap.read(buffer))) {
                assertEquals(1, poller.await(TimeUnit.SECONDS.toNanos(10)), "no frame within 10 s");
            }
            assertArrayEquals(DATA, tail(buffer));
        }
    }

    private boolean isOurs(int length) {
        return length == IP_HEADERS + DATA.length && buffer.getShort(12) == 0x0800;
    }

    private static byte[] tail(ByteBuffer frame) {
        byte[] tail = new byte[DATA.length];
        frame.get(frame.limit() - tail.length, tail);
        return tail;
    }

    @Test
    void frameIsRefusedWhileTheInterfaceIsDown() throws Exception {
        try (TestNamespace namespace = new TestNamespace();
                TapDevice tap = linux.openTap(namespace.file(), "tap0")) {
            ByteBuffer frame = ByteBuffer.allocateDirect(60);
            frame.putShort(12, (short) 0x0800);

            assertFalse(tap.write(frame));
            up(namespace);
            assertTrue(tap.write(frame));
        }
    }

    @Test
    void carrierCanBeSwitched() throws Exception {
        try (TestNamespace namespace = new TestNamespace();
                TapDevice tap = linux.openTap(namespace.file(), "tap0")) {
            up(namespace);
            assertEquals("1", carrier(namespace));
            tap.carrier(false);
            assertEquals("0", carrier(namespace));
            tap.carrier(true);
            assertEquals("1", carrier(namespace));
        }
    }

    /** /sys shows the namespace of whoever mounted it, netlink the thread's. */
    private String carrier(TestNamespace namespace) throws Exception {
        Process ip = new ProcessBuilder("ip", "-n", namespace.name(), "-o", "link", "show", "tap0").start();
        return new String(ip.getInputStream().readAllBytes()).contains("NO-CARRIER") ? "0" : "1";
    }

    @Test
    void deviceGoesWhenItIsClosed() throws Exception {
        try (TestNamespace namespace = new TestNamespace()) {
            TapDevice tap = linux.openTap(namespace.file(), "tap0");
            assertTrue(interfaces(namespace).contains("tap0:"));
            assertEquals(TapDevice.NOTHING, tap.read(buffer));

            tap.close();
            tap.close();

            assertFalse(interfaces(namespace).contains("tap0:"));
        }
    }

    private String interfaces(TestNamespace namespace) throws Exception {
        return linux.inside(namespace.file(), () -> Files.readString(Path.of("/proc/thread-self/net/dev")));
    }

    @Test
    void longNameIsRefused() {
        assertThrows(
                IllegalArgumentException.class, () -> linux.openTap(NetworkNamespace.current(), "sixteen-letters!"));
    }

    private static void up(TestNamespace namespace) throws Exception {
        namespace.ip("addr", "add", "10.9.0.1/24", "dev", "tap0");
        namespace.ip("link", "set", "tap0", "up");
        namespace.ip("neigh", "replace", "10.9.0.2", "lladdr", "02:00:00:00:00:02", "dev", "tap0");
    }
}
