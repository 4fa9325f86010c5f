package org.smapp.pmnlctl;

import java.io.IOException;
import org.smapp.core.family.KernelFamily;
import org.smapp.core.family.upstream.RequestEncoder;
import org.smapp.core.family.upstream.UpstreamFamily;
import org.smapp.linux.Errno;
import org.smapp.linux.Linux;
import org.smapp.linux.LinuxException;
import org.smapp.linux.NetlinkSocket;
import org.smapp.linux.NetworkNamespace;
import org.smapp.netlink.GenericFamily;
import org.smapp.netlink.GenericNetlink;
import org.smapp.netlink.MessageSink;
import org.smapp.netlink.MessageWriter;
import org.smapp.netlink.NetlinkRequester;

/** The path manager of this process's namespace, and the words for what it refuses. */
final class Kernel {

    private static final KernelFamily SPOKEN = new UpstreamFamily();

    private final Linux linux;
    private final NetlinkRequester requester;
    private final GenericFamily family;
    private final RequestEncoder encoder;

    Kernel(Linux linux) throws IOException {
        this.linux = linux;
        requester = NetlinkRequester.open(linux, NetworkNamespace.current(), NetlinkSocket.GENERIC);
        family = resolve();
        encoder = new RequestEncoder(new MessageWriter(), family.id());
    }

    private GenericFamily resolve() {
        try {
            return GenericNetlink.resolve(requester, SPOKEN.name());
        } catch (LinuxException e) {
            throw refused(e.errno());
        }
    }

    Linux linux() {
        return linux;
    }

    /** Returns what the next request is written with. */
    RequestEncoder begin() {
        return encoder;
    }

    void request(RequestEncoder request) throws IOException {
        check(requester.request(request.end()));
    }

    void request(RequestEncoder request, MessageSink answer) throws IOException {
        check(requester.request(request.end(), answer));
    }

    /** Asks for a table. What goes wrong is not told: the contract wants an empty answer then. */
    void dump(RequestEncoder request, MessageSink entries) throws IOException {
        requester.dump(request.end(), entries);
    }

    private void check(int outcome) {
        if (outcome != 0) {
            throw refused(requester.lastError().errno());
        }
    }

    private Stop refused(int errno) {
        Output.error("netlink error -" + errno + " (" + linux.describe(errno) + ")\n");
        return Stop.because("bailing out due to netlink error[s]");
    }

    /** Opens a socket that receives events. */
    NetlinkSocket subscribe() throws IOException {
        NetlinkSocket socket = linux.openNetlink(NetworkNamespace.current(), NetlinkSocket.GENERIC);
        try {
            socket.join(family.group(SPOKEN.eventGroup()));
            return socket;
        } catch (LinuxException e) {
            throw Stop.because(
                    "could not join the " + SPOKEN.eventGroup() + " mcast group: " + linux.describe(e.errno()));
        }
    }

    /** Returns what the reference tool says when the kernel dropped events: it ends then, too. */
    Stop overrun() {
        return Stop.because("error on recv() from NL socket: " + linux.describe(Errno.ENOBUFS));
    }
}
