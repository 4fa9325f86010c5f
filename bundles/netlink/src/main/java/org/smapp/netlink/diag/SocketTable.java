package org.smapp.netlink.diag;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.smapp.linux.Errno;
import org.smapp.linux.LinuxException;
import org.smapp.netlink.MessageReader;
import org.smapp.netlink.MessageWriter;
import org.smapp.netlink.NetlinkError;
import org.smapp.netlink.NetlinkRequester;

/**
 * Asks the kernel for its Multipath TCP sockets. One socket takes some microseconds; a list takes about 1 ms for 1000.
 *
 * <p>For one thread at a time.
 */
public final class SocketTable {

    private final NetlinkRequester requester;
    private final MessageWriter writer = new MessageWriter(128);

    /** @param requester of protocol {@link org.smapp.linux.NetlinkSocket#SOCK_DIAG} */
    public SocketTable(NetlinkRequester requester) {
        this.requester = requester;
    }

    /**
     * Returns all connections of the namespace, those too that are being closed or have fallen back to TCP.
     *
     * @throws LinuxException ENOENT if the kernel is built without CONFIG_INET_MPTCP_DIAG
     */
    public List<MptcpSocket> connections() throws LinuxException {
        List<MptcpSocket> all = new ArrayList<>();
        for (int family : new int[] {DiagEncoder.AF_INET, DiagEncoder.AF_INET6}) {
            DiagEncoder.connections(writer, family);
            all.addAll(requester.list("Multipath TCP sockets", writer, DiagDecoder::connection));
        }
        return all;
    }

    /** Returns the connection with this token, if there is one. */
    public Optional<MptcpSocket> connection(int token) throws LinuxException {
        return one(DiagEncoder.connection(writer, token), DiagDecoder::connection);
    }

    /** Returns all subflows of the namespace that are established or being established. */
    public List<SubflowSocket> subflows() throws LinuxException {
        return subflows(SocketStates.OPEN);
    }

    /** Returns all subflows of the namespace that may still have to send something, those too that are being closed. */
    public List<SubflowSocket> aliveSubflows() throws LinuxException {
        return subflows(SocketStates.ALIVE);
    }

    private List<SubflowSocket> subflows(int states) throws LinuxException {
        List<SubflowSocket> all = new ArrayList<>();
        for (int family : new int[] {DiagEncoder.AF_INET, DiagEncoder.AF_INET6}) {
            DiagEncoder.subflows(writer, family, states);
            all.addAll(requester.list("TCP sockets", writer, DiagDecoder::subflow));
        }
        return all;
    }

    /** Returns the subflow with these ends, in whatever state it is, if there is one. */
    public Optional<SubflowSocket> subflow(SocketId id) throws LinuxException {
        return one(DiagEncoder.subflow(writer, id), DiagDecoder::subflow);
    }

    /**
     * Resets a subflow at once (SOCK_DESTROY), even when its local address is gone. The local event of its end has the errno
     * ECONNABORTED, the peer's ECONNRESET.
     *
     * @return 0, ENOENT if there is none, EPERM without CAP_NET_ADMIN, EOPNOTSUPP where the kernel is built without it, or
     *     {@link NetlinkRequester#UNKNOWN}
     */
    public int destroy(SocketId id) throws LinuxException {
        return requester.request(DiagEncoder.destroy(writer, id));
    }

    private <T> Optional<T> one(MessageWriter request, Function<MessageReader, Optional<T>> decoder)
            throws LinuxException {
        List<T> found = new ArrayList<>(1);
        int errno = requester.request(request, message -> decoder.apply(message).ifPresent(found::add));
        if (errno != 0 && errno != Errno.ENOENT) {
            NetlinkError error = requester.lastError();
            throw new LinuxException("look up a socket", error.errno(), error.toString());
        }
        return found.isEmpty() ? Optional.empty() : Optional.of(found.get(0));
    }
}
