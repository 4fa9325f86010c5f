package org.smapp.linux.jnr;

import java.nio.ByteBuffer;
import org.smapp.linux.LinuxException;
import org.smapp.linux.MptcpListener;

/** A Multipath TCP socket by socket(2), which Java's own sockets can't be. */
final class JnrMptcpListener implements MptcpListener {

    private static final int AF_INET = 2;
    private static final int AF_INET6 = 10;
    private static final int SOCK_STREAM = 1;
    private static final int SOCK_CLOEXEC = 0x80000;
    private static final int IPPROTO_MPTCP = 262;
    private static final int SOL_SOCKET = 1;
    private static final int SO_REUSEADDR = 2;
    private static final int BACKLOG = 30;

    /** struct sockaddr_in: u16 family, be16 port, 4 bytes address, 8 zeros. */
    private static final int ADDRESS4_BYTES = 16;

    private static final int ADDRESS4_AT = 4;

    /** struct sockaddr_in6: u16 family, be16 port, u32 flow, 16 bytes address, u32 scope. */
    private static final int ADDRESS6_BYTES = 28;

    private static final int ADDRESS6_AT = 8;
    private static final int PORT_AT = 2;

    private final Descriptor descriptor;
    private final int port;

    private JnrMptcpListener(Descriptor descriptor, int port) {
        this.descriptor = descriptor;
        this.port = port;
    }

    static JnrMptcpListener open(byte[] address, int port) throws LinuxException {
        boolean v6 = address.length == 16;
        int fd = Native.LIBC.socket(v6 ? AF_INET6 : AF_INET, SOCK_STREAM | SOCK_CLOEXEC, IPPROTO_MPTCP);
        if (fd < 0) {
            throw Native.failed("open Multipath TCP socket");
        }
        Descriptor descriptor = new Descriptor("Multipath TCP listener", fd);
        try {
            return new JnrMptcpListener(descriptor, listen(fd, socketAddress(address, port, v6)));
        } catch (LinuxException | RuntimeException e) {
            descriptor.close();
            throw e;
        }
    }

    private static ByteBuffer socketAddress(byte[] address, int port, boolean v6) {
        ByteBuffer bytes = Native.memory(v6 ? ADDRESS6_BYTES : ADDRESS4_BYTES);
        bytes.putShort(0, (short) (v6 ? AF_INET6 : AF_INET));
        bytes.put(PORT_AT, (byte) (port >>> 8)).put(PORT_AT + 1, (byte) port);
        return bytes.put(v6 ? ADDRESS6_AT : ADDRESS4_AT, address);
    }

    private static int listen(int fd, ByteBuffer address) throws LinuxException {
        if (Native.LIBC.setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, Native.memoryOf(1), Integer.BYTES) < 0) {
            throw Native.failed("set SO_REUSEADDR");
        }
        int length = address.capacity();
        if (Native.LIBC.bind(fd, address, length) < 0) {
            throw Native.failed("bind Multipath TCP socket");
        }
        if (Native.LIBC.listen(fd, BACKLOG) < 0) {
            throw Native.failed("listen on Multipath TCP socket");
        }
        if (Native.LIBC.getsockname(fd, address, Native.memoryOf(length)) < 0) {
            throw Native.failed("read Multipath TCP socket's port");
        }
        return (address.get(PORT_AT) & 0xff) << 8 | address.get(PORT_AT + 1) & 0xff;
    }

    @Override
    public int port() {
        return port;
    }

    @Override
    public void close() {
        descriptor.close();
    }

    @Override
    public String toString() {
        return descriptor + " on port " + port;
    }
}
