package org.smapp.linux;

import java.nio.ByteBuffer;
import org.osgi.annotation.versioning.ProviderType;

/**
 * A netlink socket: whole datagrams in and out, never blocking.
 *
 * <p>For one thread at a time, except {@link #close()}, which any thread may call.
 */
@ProviderType
public interface NetlinkSocket extends Pollable, AutoCloseable {

    /** NETLINK_ROUTE: links, addresses, routes. */
    int ROUTE = 0;

    /** NETLINK_SOCK_DIAG: the kernel's sockets. */
    int SOCK_DIAG = 4;

    /** NETLINK_GENERIC: families by name, {@code mptcp_pm} among them. */
    int GENERIC = 16;

    /** {@link #receive} found nothing to read. */
    int NOTHING = -1;

    /**
     * {@link #receive} learnt that messages were lost because the receive buffer was full (ENOBUFS). The kernel says so once,
     * before the messages that are still queued, and drops everything until the queue has been read empty.
     */
    int OVERRUN = -2;

    /** {@link #receive} threw away a datagram that another process sent: only the kernel is believed. The buffer is empty. */
    int FOREIGN = 0;

    /**
     * Receives one datagram into {@code buffer}, from its position 0: on return the position is 0 and the limit is the
     * datagram's length.
     *
     * @param buffer direct, in native byte order, at least 64 KiB
     * @return the datagram's length in bytes, {@link #NOTHING}, {@link #FOREIGN} or {@link #OVERRUN}, which a datagram that is
     *     longer than the buffer is, too: what it said is lost
     * @throws LinuxException for every other error
     */
    int receive(ByteBuffer buffer) throws LinuxException;

    /**
     * Sends the bytes between the buffer's position and its limit as one datagram to the kernel. Netlink handles a request
     * inside this call: when it returns, the acknowledgement waits to be received. What the kernel thinks of the request, a
     * missing CAP_NET_ADMIN for instance, is in the acknowledgement.
     *
     * @throws LinuxException if the kernel takes nothing, for example ECONNREFUSED when nobody there speaks this protocol
     */
    void send(ByteBuffer datagram) throws LinuxException;

    /**
     * Joins a multicast group.
     *
     * @throws LinuxException EPERM where the group asks for CAP_NET_ADMIN and the caller lacks it
     */
    void join(int group) throws LinuxException;

    /**
     * Asks for a receive buffer, past {@code rmem_max} where the caller may (SO_RCVBUFFORCE), else up to it.
     *
     * @return the size in force in bytes, as the kernel counts it (twice what was asked for)
     */
    int receiveBuffer(int bytes) throws LinuxException;

    /**
     * Sets an option of level SOL_NETLINK (270) to 1, such as NETLINK_EXT_ACK (11), NETLINK_CAP_ACK (10) or
     * NETLINK_GET_STRICT_CHK (12).
     */
    void enable(int option) throws LinuxException;

    /** Returns the port id that the kernel gave the socket. */
    int portId();

    /** Closes the socket; again is allowed. */
    @Override
    void close();
}
