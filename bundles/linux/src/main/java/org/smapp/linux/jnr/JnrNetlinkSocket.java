package org.smapp.linux.jnr;

import java.nio.ByteBuffer;
import org.smapp.linux.Errno;
import org.smapp.linux.LinuxException;
import org.smapp.linux.NetlinkSocket;

/** A netlink socket by socket(2). Sending and receiving allocate nothing. */
final class JnrNetlinkSocket implements NetlinkSocket {

    private static final int AF_NETLINK = 16;
    private static final int SOCK_RAW = 3;
    private static final int SOCK_NONBLOCK = 0x800;
    private static final int SOCK_CLOEXEC = 0x80000;
    private static final int MSG_TRUNC = 0x20;
    private static final int MSG_DONTWAIT = 0x40;

    private static final int SOL_SOCKET = 1;
    private static final int SO_RCVBUF = 8;
    private static final int SO_RCVBUFFORCE = 33;
    private static final int SOL_NETLINK = 270;
    private static final int NETLINK_ADD_MEMBERSHIP = 1;

    /** struct sockaddr_nl: u16 family, u16 pad, u32 port, u32 groups. */
    private static final int ADDRESS_BYTES = 12;

    private static final int ADDRESS_PORT = 4;

    private final Descriptor descriptor;
    private final NetlinkMessage message = new NetlinkMessage();
    private final LastAddress inbound = new LastAddress();
    private final LastAddress outbound = new LastAddress();
    private final int portId;

    private JnrNetlinkSocket(Descriptor descriptor, int portId) {
        this.descriptor = descriptor;
        this.portId = portId;
    }

    static JnrNetlinkSocket open(int protocol) throws LinuxException {
        int fd = Native.LIBC.socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC | SOCK_NONBLOCK, protocol);
        if (fd < 0) {
            throw Native.failed("open netlink socket of protocol " + protocol);
        }
        Descriptor descriptor = new Descriptor("netlink socket", fd);
        try {
            int portId = bind(fd);
            connect(fd);
            return new JnrNetlinkSocket(descriptor, portId);
        } catch (LinuxException | RuntimeException e) {
            descriptor.close();
            throw e;
        }
    }

    /** Binds to port 0, for which the kernel chooses one, and returns that. */
    private static int bind(int fd) throws LinuxException {
        ByteBuffer address = Native.memory(ADDRESS_BYTES).putShort(0, (short) AF_NETLINK);
        if (Native.LIBC.bind(fd, address, ADDRESS_BYTES) < 0) {
            throw Native.failed("bind netlink socket");
        }
        if (Native.LIBC.getsockname(fd, address, Native.memoryOf(ADDRESS_BYTES)) < 0) {
            throw Native.failed("read netlink socket's port");
        }
        return address.getInt(ADDRESS_PORT);
    }

    /** Connects to port 0, the kernel: it then refuses what other processes send to this socket's port. */
    private static void connect(int fd) throws LinuxException {
        if (Native.LIBC.connect(fd, Native.memory(ADDRESS_BYTES).putShort(0, (short) AF_NETLINK), ADDRESS_BYTES) < 0) {
            throw Native.failed("connect netlink socket to the kernel");
        }
    }

    @Override
    public int receive(ByteBuffer buffer) throws LinuxException {
        buffer.clear();
        long address = inbound.of(buffer);
        int fd = descriptor.acquire();
        try {
            while (true) {
                long length =
                        Native.LIBC.recvmsg(fd, message.into(address, buffer.capacity()), MSG_DONTWAIT | MSG_TRUNC);
                if (length >= 0) {
                    return received(buffer, length);
                }
                int errno = Native.errno();
                switch (errno) {
                    case Errno.EINTR -> {}
                    case Errno.EAGAIN -> {
                        return NOTHING;
                    }
                    case Errno.ENOBUFS -> {
                        return OVERRUN;
                    }
                    default -> throw Native.failed("receive from netlink socket", errno);
                }
            }
        } finally {
            descriptor.release();
        }
    }

    /**
     * With MSG_TRUNC the length is the datagram's, however much of it found room. What is sent to a whole group comes from
     * every process with CAP_NET_ADMIN, whatever the socket is connected to.
     */
    private int received(ByteBuffer buffer, long length) {
        if (message.sender() != 0) {
            buffer.limit(0);
            return FOREIGN;
        }
        if (length > buffer.capacity()) {
            buffer.limit(0);
            return OVERRUN;
        }
        buffer.limit((int) length);
        return (int) length;
    }

    @Override
    public void send(ByteBuffer datagram) throws LinuxException {
        long address = outbound.of(datagram) + datagram.position();
        int fd = descriptor.acquire();
        try {
            while (Native.LIBC.send(fd, address, datagram.remaining(), 0) < 0) {
                int errno = Native.errno();
                if (errno != Errno.EINTR) {
                    throw Native.failed("send to netlink socket", errno);
                }
            }
        } finally {
            descriptor.release();
        }
    }

    @Override
    public void join(int group) throws LinuxException {
        if (setOption(SOL_NETLINK, NETLINK_ADD_MEMBERSHIP, group) < 0) {
            int errno = Native.errno();
            throw Native.failed("join netlink group " + group, errno);
        }
    }

    @Override
    public int receiveBuffer(int bytes) throws LinuxException {
        if (setOption(SOL_SOCKET, SO_RCVBUFFORCE, bytes) < 0 && setOption(SOL_SOCKET, SO_RCVBUF, bytes) < 0) {
            throw Native.failed("set netlink receive buffer to " + bytes + " bytes");
        }
        ByteBuffer size = Native.memory(Integer.BYTES);
        int fd = descriptor.acquire();
        try {
            if (Native.LIBC.getsockopt(fd, SOL_SOCKET, SO_RCVBUF, size, Native.memoryOf(Integer.BYTES)) < 0) {
                throw Native.failed("read netlink receive buffer's size");
            }
        } finally {
            descriptor.release();
        }
        return size.getInt(0);
    }

    @Override
    public void enable(int option) throws LinuxException {
        if (setOption(SOL_NETLINK, option, 1) < 0) {
            throw Native.failed("enable netlink option " + option);
        }
    }

    private int setOption(int level, int option, int value) throws LinuxException {
        int fd = descriptor.acquire();
        try {
            return Native.LIBC.setsockopt(fd, level, option, Native.memoryOf(value), Integer.BYTES);
        } finally {
            descriptor.release();
        }
    }

    @Override
    public int portId() {
        return portId;
    }

    @Override
    public int descriptor() {
        return descriptor.number();
    }

    @Override
    public void close() {
        descriptor.close();
    }

    @Override
    public String toString() {
        return descriptor.toString();
    }
}
