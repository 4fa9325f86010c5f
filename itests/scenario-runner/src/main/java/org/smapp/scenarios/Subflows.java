package org.smapp.scenarios;

import java.util.Comparator;
import java.util.List;
import org.smapp.linux.LinuxException;
import org.smapp.linux.NetlinkSocket;
import org.smapp.netlink.NetlinkRequester;
import org.smapp.netlink.diag.SocketStates;
import org.smapp.netlink.diag.SocketTable;
import org.smapp.netlink.diag.SubflowSocket;
import org.smapp.testkit.lab.Host;
import org.smapp.testkit.lab.Lab;
import org.smapp.testkit.lab.LabException;

/** The established subflows of a host over IPv4, as its kernel has them, whoever the path manager is. For one thread. */
final class Subflows implements AutoCloseable {

    /** Two addresses that a subflow connects. */
    record Pair(String local, String remote) {}

    /** A subflow; {@code socket} has all that TCP knows of it. */
    record Established(Pair pair, int localPort, SubflowSocket socket) {

        long acknowledgedBytes() {
            return socket.tcp().bytesAcknowledged();
        }
    }

    private final Host host;
    private final NetlinkRequester requester;
    private final SocketTable table;

    Subflows(Lab lab, Host host) {
        this.host = host;
        try {
            requester = NetlinkRequester.open(lab.linux(), host.namespace(), NetlinkSocket.SOCK_DIAG);
        } catch (LinuxException e) {
            throw new LabException("Can't ask the kernel of " + host + " for its sockets: " + e.getMessage(), e);
        }
        table = new SocketTable(requester);
    }

    /** Returns those that are established now, by port. */
    List<Established> now() {
        try {
            return table.subflows().stream()
                    .filter(each -> each.state() == SocketStates.ESTABLISHED
                            && !each.id().v6())
                    .map(Subflows::established)
                    .sorted(Comparator.comparingInt(Established::localPort))
                    .toList();
        } catch (LinuxException e) {
            throw new LabException("The kernel of " + host + " doesn't list its sockets: " + e.getMessage(), e);
        }
    }

    private static Established established(SubflowSocket socket) {
        Pair pair = new Pair(text(socket.id().localLow()), text(socket.id().remoteLow()));
        return new Established(pair, socket.id().localPort(), socket);
    }

    private static String text(long v4) {
        return (v4 >> 24 & 0xff) + "." + (v4 >> 16 & 0xff) + "." + (v4 >> 8 & 0xff) + "." + (v4 & 0xff);
    }

    @Override
    public void close() {
        requester.close();
    }
}
