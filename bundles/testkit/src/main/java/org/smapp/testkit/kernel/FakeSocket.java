package org.smapp.testkit.kernel;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Set;
import org.smapp.linux.Errno;
import org.smapp.linux.LinuxException;
import org.smapp.linux.NetlinkSocket;
import org.smapp.netlink.MessageReader;

/** A netlink socket of the fake kernel, with a receive buffer that overruns as a real one does. */
final class FakeSocket implements NetlinkSocket {

    /** What the kernel starts with (net.core.rmem_default), and what it counts for a datagram besides its bytes. */
    private static final int DEFAULT_BUFFER_BYTES = 212_992;

    private static final int OVERHEAD_BYTES = 576;
    private static final int BLOCK_BYTES = 256;
    private static final int LEAST_BUFFER_BYTES = 2_304;

    private final FakeKernel kernel;
    private final Protocol protocol;
    private final int number;
    private final Deque<byte[]> queue = new ArrayDeque<>();
    private final Deque<byte[]> dump = new ArrayDeque<>();
    private final Set<Integer> groups = new HashSet<>();
    private final Set<Integer> options = new HashSet<>();
    private int limitBytes = DEFAULT_BUFFER_BYTES;
    private int usedBytes;
    private boolean congested;
    private boolean overrunUntold;
    private boolean closed;

    /** @param number above 0, different for every socket */
    FakeSocket(FakeKernel kernel, Protocol protocol, int number) {
        this.kernel = kernel;
        this.protocol = protocol;
        this.number = number;
    }

    @Override
    public int receive(ByteBuffer buffer) throws LinuxException {
        synchronized (kernel.lock) {
            check("receive from a netlink socket");
            if (overrunUntold) {
                overrunUntold = false;
                return OVERRUN;
            }
            byte[] datagram = queue.poll();
            congested &= !queue.isEmpty();
            if (datagram == null) {
                return NOTHING;
            }
            usedBytes -= cost(datagram);
            goOnWithDump();
            buffer.clear().put(datagram).flip();
            return datagram.length;
        }
    }

    @Override
    public void send(ByteBuffer datagram) throws LinuxException {
        synchronized (kernel.lock) {
            check("send to the kernel");
            byte[] copy = new byte[datagram.remaining()];
            datagram.duplicate().get(copy);
            ByteBuffer rest = ByteBuffer.wrap(copy).order(ByteOrder.nativeOrder());
            while (rest.remaining() >= MessageReader.HEADER_BYTES) {
                ByteBuffer message = rest.slice().order(ByteOrder.nativeOrder());
                int length = Math.max(message.getInt(0), MessageReader.HEADER_BYTES);
                rest.position(Math.min(rest.limit(), rest.position() + (length + 3 & ~3)));
                MessageReader reader = new MessageReader().wrap(message);
                if (reader.next()) {
                    handle(reader);
                }
            }
        }
    }

    private void handle(MessageReader request) {
        Answers answers = new Answers(this, request);
        try {
            protocol.handle(request, answers);
            answers.succeed();
        } catch (Refusal refusal) {
            answers.refuse(refusal);
        }
    }

    /** Queues a datagram, or drops it when the buffer is full and tells so once. */
    void deliver(byte[] datagram) {
        int cost = cost(datagram);
        if (congested || usedBytes > 0 && usedBytes + cost > limitBytes) {
            overrunUntold |= !congested;
            congested = true;
        } else {
            usedBytes += cost;
            queue.add(datagram);
        }
        kernel.lock.notifyAll();
    }

    /** Queues a part of a dump as soon as there is room: the kernel writes no more of a dump than is read. */
    void deliverInTurn(byte[] datagram) {
        dump.add(datagram);
        goOnWithDump();
    }

    private void goOnWithDump() {
        while (!dump.isEmpty() && usedBytes <= limitBytes / 2) {
            deliver(dump.remove());
        }
    }

    private static int cost(byte[] datagram) {
        return OVERHEAD_BYTES + (datagram.length + BLOCK_BYTES - 1) / BLOCK_BYTES * BLOCK_BYTES;
    }

    boolean isReadable() {
        return closed || overrunUntold || !queue.isEmpty();
    }

    boolean isIn(int group) {
        return groups.contains(group);
    }

    boolean isEnabled(int option) {
        return options.contains(option);
    }

    @Override
    public void join(int group) throws LinuxException {
        synchronized (kernel.lock) {
            if (group == Uapi.GROUP_EVENTS && !kernel.isPrivileged()) {
                throw new LinuxException("join netlink group " + group, Errno.EPERM, "CAP_NET_ADMIN is missing");
            }
            groups.add(group);
        }
    }

    @Override
    public int receiveBuffer(int bytes) {
        synchronized (kernel.lock) {
            limitBytes = Math.max(LEAST_BUFFER_BYTES, 2 * bytes);
            return limitBytes;
        }
    }

    @Override
    public void enable(int option) {
        synchronized (kernel.lock) {
            options.add(option);
        }
    }

    @Override
    public int portId() {
        return number;
    }

    @Override
    public int descriptor() {
        return -number;
    }

    private void check(String operation) throws LinuxException {
        if (closed) {
            throw new LinuxException(operation, Errno.EBADF, "the socket is closed");
        }
    }

    @Override
    public void close() {
        synchronized (kernel.lock) {
            closed = true;
            kernel.forget(this);
            kernel.lock.notifyAll();
        }
    }
}
