package org.smapp.netlink;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.smapp.linux.Errno;
import org.smapp.linux.Linux;
import org.smapp.linux.LinuxException;
import org.smapp.linux.NetlinkSocket;
import org.smapp.linux.NetworkNamespace;
import org.smapp.linux.Poller;

/**
 * Sends requests and waits for their answers, over a socket that does nothing else: a socket that also takes notifications
 * can overrun, and then answers are lost.
 *
 * <p>A request that succeeds makes no garbage. The kernel handles a request while it is sent, so that the answer is there at
 * once as a rule; only if it is not, a deadline counts.
 *
 * <p>For one thread at a time, except {@link #close}.
 */
public final class NetlinkRequester implements AutoCloseable {

    /** The answer was lost or did not come in time: the kernel may have done what was asked, or not. */
    public static final int UNKNOWN = -1;

    /** The dump was complete but the kernel's table changed meanwhile, each time it was tried. */
    public static final int INTERRUPTED = -2;

    private static final int NETLINK_CAP_ACK = 10;
    private static final int NETLINK_EXT_ACK = 11;

    private static final int BUFFER_BYTES = 1 << 16;
    private static final int DUMP_TRIES = 5;
    private static final long DEADLINE_MS = 5_000;
    private static final MessageSink NOBODY = message -> {};

    private final NetlinkSocket socket;
    private final Poller poller;
    private final LongSupplier nanoClock;
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER_BYTES).order(ByteOrder.nativeOrder());
    private final MessageReader reader = new MessageReader();

    private int sequence;
    private boolean interrupted;
    private NetlinkError last = NetlinkError.NONE;

    NetlinkRequester(NetlinkSocket socket, Poller poller, LongSupplier nanoClock) throws LinuxException {
        this.socket = socket;
        this.poller = poller;
        this.nanoClock = nanoClock;
        poller.add(socket);
        socket.enable(NETLINK_EXT_ACK);
        socket.enable(NETLINK_CAP_ACK);
    }

    /**
     * Opens a requester with a socket of its own.
     *
     * @param protocol such as {@link NetlinkSocket#GENERIC}
     */
    public static NetlinkRequester open(Linux linux, NetworkNamespace namespace, int protocol) throws LinuxException {
        NetlinkSocket socket = linux.openNetlink(namespace, protocol);
        try {
            return open(socket, linux.openPoller());
        } catch (LinuxException | RuntimeException e) {
            socket.close();
            throw e;
        }
    }

    private static NetlinkRequester open(NetlinkSocket socket, Poller poller) throws LinuxException {
        try {
            return new NetlinkRequester(socket, poller, System::nanoTime);
        } catch (LinuxException | RuntimeException e) {
            poller.close();
            throw e;
        }
    }

    /**
     * Sends a request and waits for its acknowledgement.
     *
     * @param request a message whose sequence number and flags REQUEST and ACKNOWLEDGE this method fills in
     * @return 0 when done, the kernel's error number (more in {@link #lastError}), or {@link #UNKNOWN}
     * @throws LinuxException if the socket itself fails
     */
    public int request(MessageWriter request) throws LinuxException {
        return request(request, NOBODY);
    }

    /** The same, for a request that is also answered by messages: {@code answer} takes them. */
    public int request(MessageWriter request, MessageSink answer) throws LinuxException {
        send(request, MessageFlags.REQUEST | MessageFlags.ACKNOWLEDGE);
        return await(answer);
    }

    /**
     * Asks for all entries of a table. When the table changed during the dump, it is asked again, up to five times.
     *
     * @param request a message whose sequence number and flags REQUEST and DUMP this method fills in
     * @return 0 when done, the kernel's error number (more in {@link #lastError}), {@link #UNKNOWN} or {@link #INTERRUPTED}; in
     *     both of these, the sink has what came
     * @throws LinuxException if the socket itself fails
     */
    public int dump(MessageWriter request, MessageSink entries) throws LinuxException {
        int outcome = INTERRUPTED;
        for (int tries = 0; tries < DUMP_TRIES && outcome == INTERRUPTED; tries++) {
            drain(); // the rest of a dump that was given up would make the kernel answer EBUSY
            entries.begin();
            send(request, MessageFlags.REQUEST | MessageFlags.DUMP);
            outcome = await(entries);
            if (outcome == 0 && interrupted) {
                outcome = INTERRUPTED;
            }
        }
        return outcome;
    }

    /**
     * Asks for all entries of a table, as a list. A table that changes all the time is taken as it was last seen, and may
     * lack entries: to miss nothing, subscribe to its notifications before.
     *
     * @param what names the table in errors, such as {@code "links"}
     * @param request as for {@link #dump}
     * @param decoder makes an entry of a message, or nothing for messages that do not count
     * @throws LinuxException if the kernel refuses, or its answer was lost
     */
    public <T> List<T> list(String what, MessageWriter request, Function<MessageReader, Optional<? extends T>> decoder)
            throws LinuxException {
        List<T> found = new ArrayList<>();
        int outcome = dump(request, new MessageSink() {
            @Override
            public void begin() {
                found.clear();
            }

            @Override
            public void accept(MessageReader message) {
                decoder.apply(message).ifPresent(found::add);
            }
        });
        if (outcome != 0 && outcome != INTERRUPTED) {
            throw new LinuxException("list " + what, last.errno(), last.toString());
        }
        return found;
    }

    /** Returns the details of the last outcome: {@link NetlinkError#NONE} after plain success. */
    public NetlinkError lastError() {
        return last;
    }

    private void send(MessageWriter request, int flags) throws LinuxException {
        sequence = sequence == Integer.MAX_VALUE ? 1 : sequence + 1; // 0 is for notifications
        ByteBuffer datagram = request.finish();
        int all = datagram.getShort(MessageReader.FLAGS_AT) | flags;
        datagram.putShort(MessageReader.FLAGS_AT, (short) all);
        datagram.putInt(MessageReader.SEQUENCE_AT, sequence);
        interrupted = false;
        socket.send(datagram);
    }

    private int await(MessageSink answer) throws LinuxException {
        long start = nanoClock.getAsLong();
        while (true) {
            int length = socket.receive(buffer);
            if (length == NetlinkSocket.OVERRUN) {
                drain();
                return unknown(Errno.ENOBUFS, "the answer was lost, the receive buffer was full");
            }
            if (length != NetlinkSocket.NOTHING) {
                if (read(answer)) {
                    return last.errno();
                }
            } else if (!waitForMore(start)) {
                return unknown(Errno.ETIMEDOUT, "no answer within " + DEADLINE_MS + " ms");
            }
        }
    }

    /** Reads a datagram; returns whether it ended the answer. */
    private boolean read(MessageSink answer) {
        reader.wrap(buffer);
        while (reader.next()) {
            if (reader.sequence() != sequence) {
                continue; // belongs to a request that was given up
            }
            interrupted |= (reader.flags() & MessageFlags.DUMP_INTERRUPTED) != 0 && reader.type() != MessageType.ERROR;
            switch (reader.type()) {
                case MessageType.NOOP -> {}
                case MessageType.ERROR, MessageType.DONE -> {
                    last = NetlinkError.decode(reader);
                    return true;
                }
                default -> answer.accept(reader);
            }
        }
        return false;
    }

    /** Waits until there is more to read; false when the time is over. */
    private boolean waitForMore(long startNanos) throws LinuxException {
        long left = TimeUnit.MILLISECONDS.toNanos(DEADLINE_MS) - (nanoClock.getAsLong() - startNanos);
        if (left <= 0) {
            return false;
        }
        poller.await(left); // may end early; then it is asked again
        return true;
    }

    private int unknown(int errno, String text) {
        last = new NetlinkError(errno, text, -1, -1);
        return UNKNOWN;
    }

    private void drain() throws LinuxException {
        int length;
        do {
            length = socket.receive(buffer);
        } while (length != NetlinkSocket.NOTHING);
    }

    /** Closes the socket; again is allowed. */
    @Override
    public void close() {
        poller.close();
        socket.close();
    }
}
