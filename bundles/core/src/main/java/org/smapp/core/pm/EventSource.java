package org.smapp.core.pm;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.smapp.api.event.Event;
import org.smapp.linux.Linux;
import org.smapp.linux.LinuxException;
import org.smapp.linux.NetlinkSocket;
import org.smapp.linux.NetworkNamespace;

/**
 * Bytes in: a socket that only receives the path manager's events.
 *
 * <p>For one thread.
 */
public final class EventSource implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(EventSource.class);
    private static final int DATAGRAM_BYTES = 64 * 1024;

    private final NetlinkSocket socket;
    private final int receiveBufferBytes;
    private final EventDatagram messages;
    private final ByteBuffer madeUpLife;
    private final ByteBuffer datagram =
            ByteBuffer.allocateDirect(DATAGRAM_BYTES).order(ByteOrder.nativeOrder());

    private volatile long foreign;

    /** Hears what the event socket brings. */
    public interface Listener {
        /** An event came. */
        void received(Event event);

        /** A message could not be read; those after it are. */
        void malformed(String why);

        /** The kernel dropped events because the receive buffer was full. */
        void overrun();
    }

    private EventSource(NetlinkSocket socket, SpokenFamily spoken, int receiveBufferBytes) {
        this.socket = socket;
        this.receiveBufferBytes = receiveBufferBytes;
        messages = new EventDatagram(spoken.family().decoder(), spoken.number());
        madeUpLife = spoken.family().madeUpLife(spoken.number());
    }

    /** Opens the socket and subscribes to the events. */
    static EventSource open(Linux linux, NetworkNamespace namespace, SpokenFamily spoken, int receiveBufferBytes)
            throws IOException {
        NetlinkSocket socket = linux.openNetlink(namespace, NetlinkSocket.GENERIC);
        try {
            join(socket, spoken.eventGroup());
            return new EventSource(socket, spoken, socket.receiveBuffer(receiveBufferBytes));
        } catch (IOException | RuntimeException e) {
            socket.close();
            throw e;
        }
    }

    private static void join(NetlinkSocket socket, int group) throws IOException {
        try {
            socket.join(group);
        } catch (LinuxException e) {
            throw new IOException(
                    "The kernel does not let this process hear the path manager's events ("
                            + e.getMessage()
                            + "). Run it as root or with CAP_NET_ADMIN.",
                    e);
        }
    }

    /** Returns the socket to wait on. */
    public NetlinkSocket socket() {
        return socket;
    }

    /** Returns the size of the socket's buffer in bytes. */
    public int receiveBufferBytes() {
        return receiveBufferBytes;
    }

    /**
     * Reads one datagram, if there is one.
     *
     * @return whether there may be more
     */
    public boolean receive(Listener listener) throws LinuxException {
        int length = socket.receive(datagram);
        if (length == NetlinkSocket.NOTHING) {
            return false;
        }
        if (length == NetlinkSocket.OVERRUN) {
            listener.overrun();
            return true;
        }
        if (length == NetlinkSocket.FOREIGN) {
            foreign();
            return true;
        }
        messages.read(datagram, listener);
        return true;
    }

    private void foreign() {
        long count = foreign + 1; // this thread alone writes it
        foreign = count;
        if (Long.bitCount(count) == 1) {
            LOG.warn("Threw away {} message(s) that another process sent as if they were the kernel's events", count);
        }
    }

    /** Returns how many messages were thrown away because another process sent them; for any thread. */
    public long foreignCount() {
        return foreign;
    }

    /** Does what {@link #receive} does, with the events of a connection that does not exist: all of its life, token 0. */
    public void rehearse(Listener listener) {
        messages.read(madeUpLife, listener);
    }

    @Override
    public void close() {
        socket.close();
    }
}
