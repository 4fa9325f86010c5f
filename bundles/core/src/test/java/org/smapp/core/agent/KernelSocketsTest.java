package org.smapp.core.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.smapp.linux.Linux;
import org.smapp.linux.LinuxException;
import org.smapp.linux.NetlinkSocket;
import org.smapp.linux.NetworkNamespace;
import org.smapp.linux.Poller;
import org.smapp.testkit.kernel.FakeKernel;

/** Whoever opens closes, also when a later step fails. */
final class KernelSocketsTest {

    private static final AgentSettings SETTINGS =
            new AgentSettings(1 << 16, 1_000, 0, 50, 1_000, 1_000, AddressFilter.DEFAULT);

    private final List<NetlinkSocket> sockets = new ArrayList<>();
    private final List<Poller> pollersOpen = new ArrayList<>();
    private int opened;

    /** A kernel that opens no more than this. */
    private Linux kernel(int most) {
        FakeKernel kernel = new FakeKernel();
        return proxy(Linux.class, (method, arguments) -> {
            if (opened++ == most) {
                throw new LinuxException("open a file", 24, "Too many open files");
            }
            return method.getName().equals("openPoller")
                    ? noted(kernel.openPoller())
                    : noted(kernel.openNetlink((NetworkNamespace) arguments[0], (int) arguments[1]));
        });
    }

    private NetlinkSocket noted(NetlinkSocket socket) {
        sockets.add(socket);
        return socket;
    }

    private Poller noted(Poller real) {
        pollersOpen.add(real);
        return proxy(Poller.class, (method, arguments) -> {
            if (method.getName().equals("close")) {
                pollersOpen.remove(real);
            }
            return method.invoke(real, arguments);
        });
    }

    private static <T> T proxy(Class<T> type, Answer answer) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(),
                new Class<?>[] {type},
                (self, method, arguments) -> answer.to(method, arguments)));
    }

    private interface Answer {
        Object to(Method method, Object... arguments) throws Exception;
    }

    private static boolean isClosed(NetlinkSocket socket) {
        try {
            socket.receive(ByteBuffer.allocate(1 << 16));
            return false;
        } catch (LinuxException e) {
            return true;
        }
    }

    @Test
    void shouldLeaveNothingOpenWhicheverStepFails() throws Exception {
        KernelSockets.open(kernel(Integer.MAX_VALUE), NetworkNamespace.current(), SETTINGS, locals())
                .close();
        int all = opened;
        assertTrue(all >= 8, all + " were opened");
        assertAllClosed("in the end");
        for (int most = 0; most < all; most++) {
            opened = 0;
            Linux kernel = kernel(most);
            assertThrows(
                    IOException.class,
                    () -> KernelSockets.open(kernel, NetworkNamespace.current(), SETTINGS, locals()));
            assertAllClosed("after " + most + " were opened");
        }
    }

    private void assertAllClosed(String when) {
        assertTrue(sockets.stream().allMatch(KernelSocketsTest::isClosed), "a socket is left open " + when);
        assertEquals(List.of(), pollersOpen, "a poller is left open " + when);
    }

    private static LocalAddresses locals() {
        return new LocalAddresses(AddressFilter.DEFAULT);
    }
}
