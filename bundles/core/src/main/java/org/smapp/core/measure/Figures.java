package org.smapp.core.measure;

import java.util.List;
import java.util.Optional;
import org.smapp.api.FourTuple;
import org.smapp.api.Token;
import org.smapp.api.measure.ConnectionInfo;
import org.smapp.api.measure.SubflowInfo;
import org.smapp.api.measure.TcpState;
import org.smapp.linux.LinuxException;
import org.smapp.netlink.diag.MptcpSocket;
import org.smapp.netlink.diag.SocketTable;
import org.smapp.netlink.diag.SubflowSocket;
import org.smapp.netlink.diag.TcpInfo;

/**
 * Asks the kernel for figures and turns its sockets into the types of the api.
 *
 * <p>For one thread at a time.
 */
public final class Figures {

    private final SocketTable sockets;

    /** @param sockets belongs to the same thread */
    public Figures(SocketTable sockets) {
        this.sockets = sockets;
    }

    /** Returns one connection, if it is there. */
    public Optional<ConnectionInfo> connection(Token token) throws LinuxException {
        return sockets.connection(token.value()).map(Figures::of);
    }

    /** Returns the user whose program opened or accepted a connection, or -1 if it is not there. */
    public long uid(Token token) throws LinuxException {
        return sockets.connection(token.value()).map(MptcpSocket::uid).orElse(-1L);
    }

    /** Returns one subflow, if it is there; none while its port is not known. */
    public Optional<SubflowInfo> subflow(FourTuple tuple) throws LinuxException {
        return tuple.localPort() == 0
                ? Optional.empty()
                : sockets.subflow(SocketEnds.id(tuple)).map(Figures::of);
    }

    /** Returns all connections of the namespace. */
    public List<ConnectionInfo> connections() throws LinuxException {
        return sockets.connections().stream().map(Figures::of).toList();
    }

    /** Returns all subflows of the namespace, those too that are being opened or closed. */
    public List<SubflowInfo> subflows() throws LinuxException {
        return sockets.aliveSubflows().stream().map(Figures::of).toList();
    }

    private static ConnectionInfo of(MptcpSocket socket) {
        return new ConnectionInfo(
                new Token(socket.token()),
                SocketEnds.tuple(socket.id()),
                TcpState.of(socket.state()),
                socket.subflowsTotal() > 0 ? socket.subflowsTotal() : socket.subflows(),
                socket.fallback(),
                socket.flags(),
                socket.writeSequence(),
                socket.unacknowledgedSequence(),
                socket.receivedSequence(),
                socket.bytesSent(),
                socket.bytesAcknowledged(),
                socket.bytesReceived(),
                socket.bytesRetransmitted(),
                socket.retransmissions(),
                socket.lastDataSentMs(),
                socket.lastDataReceivedMs(),
                socket.lastAckReceivedMs());
    }

    private static SubflowInfo of(SubflowSocket socket) {
        TcpInfo tcp = socket.tcp();
        return new SubflowInfo(
                new Token(socket.token()),
                SocketEnds.tuple(socket.id()),
                socket.localId(),
                socket.remoteId(),
                TcpState.of(socket.state()),
                socket.congestionControl(),
                tcp.rttUs(),
                tcp.rttVariationUs(),
                tcp.minRttUs(),
                tcp.rtoUs(),
                tcp.retransmits(),
                tcp.tellsTimeouts() ? tcp.totalTimeouts() : SubflowInfo.NOT_TOLD,
                tcp.congestionWindow(),
                tcp.slowStartThreshold(),
                tcp.unacknowledgedSegments(),
                tcp.lostSegments(),
                tcp.totalRetransmits(),
                tcp.pacingRate(),
                tcp.deliveryRate(),
                tcp.bytesSent(),
                tcp.bytesAcknowledged(),
                tcp.bytesReceived(),
                tcp.bytesRetransmitted(),
                tcp.unsentBytes(),
                tcp.lastDataSentMs(),
                tcp.lastDataReceivedMs(),
                tcp.lastAckReceivedMs(),
                tcp.busyUs(),
                tcp.receiverLimitedUs(),
                tcp.senderLimitedUs(),
                tcp.pathMtuBytes());
    }
}
