package org.smapp.core.agent;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.smapp.api.FourTuple;
import org.smapp.api.Side;
import org.smapp.api.Token;
import org.smapp.core.measure.SocketEnds;
import org.smapp.linux.LinuxException;
import org.smapp.netlink.diag.MptcpSocket;
import org.smapp.netlink.diag.SocketStates;
import org.smapp.netlink.diag.SocketTable;
import org.smapp.netlink.diag.SubflowSocket;

/**
 * The connections and subflows that the kernel has, at one moment. Immutable.
 *
 * @param connections those whose application has not closed them, by token
 */
record KernelPicture(Map<Token, Seen> connections) {

    /**
     * One connection.
     *
     * @param tuple the ends of its initial subflow
     * @param fallback whether it is plain TCP by now
     * @param subflows its subflows, established and connecting
     */
    record Seen(FourTuple tuple, boolean fallback, List<SubflowSocket> subflows) {

        /**
         * Returns which end this host is. Once the initial subflow is gone, the end that opened another one is taken for
         * the client.
         */
        Side side() {
            for (SubflowSocket each : subflows) {
                if (each.isInitial()) {
                    return each.isOpenedHere() ? Side.CLIENT : Side.SERVER;
                }
            }
            return subflows.stream().anyMatch(SubflowSocket::isOpenedHere) ? Side.CLIENT : Side.SERVER;
        }

        boolean isEstablished() {
            return subflows.stream().anyMatch(SubflowSocket::isFullyEstablished);
        }

        /** Returns whether a subflow with these ends is there; port 0 stands for any local port. */
        boolean has(FourTuple tuple) {
            return subflows.stream().anyMatch(each -> matches(SocketEnds.tuple(each.id()), tuple));
        }

        private static boolean matches(FourTuple seen, FourTuple tuple) {
            return (tuple.localPort() == 0 || tuple.localPort() == seen.localPort())
                    && tuple.remotePort() == seen.remotePort()
                    && tuple.localAddress()
                            .unmapped()
                            .equals(seen.localAddress().unmapped())
                    && tuple.remoteAddress()
                            .unmapped()
                            .equals(seen.remoteAddress().unmapped());
        }
    }

    /** Asks the kernel: some milliseconds for a thousand connections. */
    static KernelPicture read(SocketTable sockets) throws LinuxException {
        Map<Token, Seen> connections = new HashMap<>();
        for (MptcpSocket each : sockets.connections()) {
            if (each.state() == SocketStates.ESTABLISHED || each.state() == SocketStates.CLOSE_WAIT) {
                connections.put(
                        new Token(each.token()),
                        new Seen(SocketEnds.tuple(each.id()), each.fallback(), new ArrayList<>()));
            }
        }
        for (SubflowSocket each : sockets.subflows()) {
            Seen connection = connections.get(new Token(each.token()));
            if (connection != null) {
                connection.subflows().add(each);
            }
        }
        return new KernelPicture(connections);
    }
}
