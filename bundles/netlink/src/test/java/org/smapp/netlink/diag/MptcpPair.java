package org.smapp.netlink.diag;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Map;
import jnr.ffi.LibraryLoader;
import jnr.ffi.LibraryOption;

/** Both ends of an IPv4 Multipath TCP connection that stays on this host, in the calling thread's namespace; the JDK makes only plain TCP. */
public final class MptcpPair implements AutoCloseable {

    private static final int AF_INET = 2;
    private static final int SOCK_STREAM = 1;
    private static final int IPPROTO_MPTCP = 262;
    private static final int LOOPBACK = 0x7f000001;

    private static final LibC LIBC =
            LibraryLoader.loadLibrary(LibC.class, Map.<LibraryOption, Object>of(), "libc.so.6");

    /** Public because jnr-ffi generates its implementation. */
    public interface LibC {
        int socket(int domain, int type, int protocol);

        int bind(int fd, ByteBuffer address, int length);

        int listen(int fd, int backlog);

        int connect(int fd, ByteBuffer address, int length);

        int accept(int fd, ByteBuffer address, ByteBuffer length);

        long write(int fd, ByteBuffer buffer, long length);

        int close(int fd);
    }

    private final int listener;
    private final int client;
    private final int server;

    MptcpPair(int port) {
        this(LOOPBACK, port);
    }

    /** Connects to {@code host}, an address of this namespace with its first byte in the most significant place. */
    public MptcpPair(int host, int port) {
        ByteBuffer address = ByteBuffer.allocateDirect(16).order(ByteOrder.nativeOrder());
        address.putShort(0, (short) AF_INET);
        address.order(ByteOrder.BIG_ENDIAN).putShort(2, (short) port).putInt(4, host);
        listener = LIBC.socket(AF_INET, SOCK_STREAM, IPPROTO_MPTCP);
        assumeTrue(listener >= 0 || System.getenv("CI") != null, "this kernel has no Multipath TCP");
        done("bind", LIBC.bind(listener, address, 16));
        done("listen", LIBC.listen(listener, 5));
        client = done("socket", LIBC.socket(AF_INET, SOCK_STREAM, IPPROTO_MPTCP));
        done("connect", LIBC.connect(client, address, 16));
        server = done("accept", LIBC.accept(listener, null, null));
    }

    private static int done(String call, int result) {
        if (result < 0) {
            throw new IllegalStateException(call + " failed");
        }
        return result;
    }

    /** Sends some bytes from the server to the client, whose end is then fully established. */
    public void answer(int bytes) {
        LIBC.write(server, ByteBuffer.allocateDirect(bytes), bytes);
    }

    @Override
    public void close() {
        LIBC.close(client);
        LIBC.close(server);
        LIBC.close(listener);
    }
}
