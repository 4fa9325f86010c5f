package org.smapp.pmnlctl;

import java.io.IOException;
import org.smapp.linux.Errno;
import org.smapp.linux.Linux;
import org.smapp.linux.NetlinkSocket;
import org.smapp.linux.NetworkNamespace;
import org.smapp.netlink.NetlinkRequester;
import org.smapp.netlink.route.LinkMessage;
import org.smapp.netlink.route.RouteTables;

/** Names and numbers of this namespace's interfaces. */
final class Interfaces {

    private final Linux linux;

    Interfaces(Linux linux) {
        this.linux = linux;
    }

    int indexOf(String name) throws IOException {
        for (LinkMessage link : links()) {
            if (link.name().equals(name)) {
                return link.index();
            }
        }
        throw Stop.because("unknown device " + name + ": " + linux.describe(Errno.ENODEV));
    }

    /** Returns the name, or null if there is no such interface. */
    String nameOf(int index) throws IOException {
        for (LinkMessage link : links()) {
            if (link.index() == index) {
                return link.name();
            }
        }
        return null;
    }

    private Iterable<LinkMessage> links() throws IOException {
        try (NetlinkRequester requester =
                NetlinkRequester.open(linux, NetworkNamespace.current(), NetlinkSocket.ROUTE)) {
            return RouteTables.links(requester);
        }
    }
}
