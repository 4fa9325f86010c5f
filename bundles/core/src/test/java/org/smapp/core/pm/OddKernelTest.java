package org.smapp.core.pm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.smapp.api.event.Event;
import org.smapp.core.family.Lack;
import org.smapp.core.family.upstream.UpstreamFamily;
import org.smapp.linux.Errno;
import org.smapp.linux.Linux;
import org.smapp.linux.LinuxException;
import org.smapp.linux.NetlinkSocket;
import org.smapp.linux.NetworkNamespace;
import org.smapp.linux.Poller;
import org.smapp.testkit.kernel.FakeKernel;

/** A kernel that has none of the families, and a stranger on the event socket. */
final class OddKernelTest {

    private static final NetworkNamespace HERE = NetworkNamespace.current();

    private final FakeKernel kernel = new FakeKernel();
    private int strangers;
    private boolean nameless;

    /** The fake kernel behind sockets that listen to this test. */
    private final Linux linux = door(Linux.class, kernel);

    private <T> T door(Class<T> type, Object real) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (proxy, method, with) -> {
            if (method.getReturnType() == Poller.class) {
                return Proxy.newProxyInstance(
                        type.getClassLoader(), new Class<?>[] {Poller.class}, (poller, call, arguments) -> null);
            }
            if (method.getName().equals("receive") && strangers > 0) {
                strangers--;
                return NetlinkSocket.FOREIGN;
            }
            if (method.getName().equals("send") && nameless) {
                misspell((ByteBuffer) with[0]);
            }
            try {
                Object result = method.invoke(real, with);
                return result instanceof NetlinkSocket socket ? door(NetlinkSocket.class, socket) : result;
            } catch (InvocationTargetException e) {
                throw e.getCause();
            }
        }));
    }

    /** Changes the family's name in a request, so that the kernel does not know it. */
    private static void misspell(ByteBuffer request) {
        byte[] name = "mptcp".getBytes(StandardCharsets.US_ASCII);
        for (int at = request.position(); at + name.length <= request.limit(); at++) {
            if (request.slice(at, name.length).equals(ByteBuffer.wrap(name))) {
                request.put(at, (byte) 'x');
            }
        }
    }

    @Test
    void shouldSayThatTheKernelHasNoFamily() throws LinuxException {
        nameless = true;
        LinuxException none = assertThrows(LinuxException.class, () -> PathManagerChannel.open(linux, HERE, 1 << 16));
        assertEquals(Errno.ENOENT, none.errno());
        assertTrue(none.getMessage().contains("mptcp_pm"), none.getMessage());
        assertEquals("mptcp_pm", SpokenFamily.orFirst(linux, HERE).name(), "whose selection says what is missing");
    }

    @Test
    void shouldCountWhatStrangersSend() throws IOException {
        EventSource.Listener nobody = new EventSource.Listener() {
            @Override
            public void received(Event event) {
                throw new AssertionError(event);
            }

            @Override
            public void malformed(String why) {
                throw new AssertionError(why);
            }

            @Override
            public void overrun() {
                throw new AssertionError("overrun");
            }
        };
        try (PathManagerChannel channel = PathManagerChannel.open(linux, HERE, 1 << 16)) {
            strangers = 2;
            assertTrue(channel.events().receive(nobody));
            assertTrue(channel.events().receive(nobody));
            assertFalse(channel.events().receive(nobody));
            assertEquals(2, channel.events().foreignCount());
        }
    }

    @Test
    void shouldNameEveryLackInWords() {
        for (Lack each : Lack.values()) {
            assertFalse(each.toString().isEmpty() || each.toString().equals(each.name()), each::name);
        }
        assertEquals(List.of(), List.copyOf(new UpstreamFamily().lacks()));
    }
}
