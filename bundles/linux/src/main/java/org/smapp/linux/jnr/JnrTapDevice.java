package org.smapp.linux.jnr;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.smapp.linux.Errno;
import org.smapp.linux.LinuxException;
import org.smapp.linux.TapDevice;

/** A TAP device by /dev/net/tun. Reading and writing allocate nothing. */
final class JnrTapDevice implements TapDevice {

    private static final int O_RDWR = 2;
    private static final int O_NONBLOCK = 0x800;
    private static final int O_CLOEXEC = 0x80000;

    private static final long TUNSETIFF = 0x400454caL;
    private static final long TUNSETCARRIER = 0x400454e2L;
    private static final short IFF_TAP = 2;
    private static final short IFF_NO_PI = 0x1000;

    /** struct ifreq: 16 bytes of name, then a union that starts with the flags. */
    private static final int REQUEST_BYTES = 40;

    private static final int NAME_BYTES = 16;

    private final Descriptor descriptor;
    private final String name;

    private JnrTapDevice(Descriptor descriptor, String name) {
        this.descriptor = descriptor;
        this.name = name;
    }

    static JnrTapDevice open(String name) throws LinuxException {
        byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
        if (bytes.length == 0 || bytes.length >= NAME_BYTES) {
            throw new IllegalArgumentException("an interface's name has 1 to 15 bytes, not '" + name + "'");
        }
        int fd = Native.LIBC.open("/dev/net/tun", O_RDWR | O_NONBLOCK | O_CLOEXEC);
        if (fd < 0) {
            throw Native.failed("open /dev/net/tun");
        }
        Descriptor descriptor = new Descriptor("TAP device " + name, fd);
        try {
            ByteBuffer request = Native.memory(REQUEST_BYTES).put(0, bytes);
            request.putShort(NAME_BYTES, (short) (IFF_TAP | IFF_NO_PI));
            if (Native.LIBC.ioctl(fd, TUNSETIFF, request) < 0) {
                throw Native.failed("create TAP device " + name);
            }
            return new JnrTapDevice(descriptor, name);
        } catch (LinuxException | RuntimeException e) {
            descriptor.close();
            throw e;
        }
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public int read(ByteBuffer buffer) throws LinuxException {
        buffer.clear();
        int fd = descriptor.acquire();
        try {
            while (true) {
                long length = Native.LIBC.read(fd, buffer, buffer.capacity());
                if (length >= 0) {
                    buffer.limit((int) length);
                    return (int) length;
                }
                int errno = Native.errno();
                if (errno == Errno.EAGAIN) {
                    return NOTHING;
                }
                if (errno != Errno.EINTR) {
                    throw Native.failed("read from TAP device " + name, errno);
                }
            }
        } finally {
            descriptor.release();
        }
    }

    @Override
    public boolean write(ByteBuffer frame) throws LinuxException {
        int fd = descriptor.acquire();
        try {
            while (Native.LIBC.write(fd, frame, frame.remaining()) < 0) {
                int errno = Native.errno();
                switch (errno) {
                    case Errno.EINTR -> {}
                    case Errno.EIO, Errno.EAGAIN, Errno.ENOBUFS -> {
                        return false; // EIO: the interface is down
                    }
                    default -> throw Native.failed("write to TAP device " + name, errno);
                }
            }
            return true;
        } finally {
            descriptor.release();
        }
    }

    @Override
    public void carrier(boolean on) throws LinuxException {
        int fd = descriptor.acquire();
        try {
            if (Native.LIBC.ioctl(fd, TUNSETCARRIER, Native.memoryOf(on ? 1 : 0)) < 0) {
                throw Native.failed("switch the carrier of TAP device " + name);
            }
        } finally {
            descriptor.release();
        }
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
