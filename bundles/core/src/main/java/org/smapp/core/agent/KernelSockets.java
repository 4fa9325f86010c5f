package org.smapp.core.agent;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.smapp.core.pm.PathManagerChannel;
import org.smapp.linux.Linux;
import org.smapp.linux.NetlinkSocket;
import org.smapp.linux.NetworkNamespace;
import org.smapp.linux.Poller;
import org.smapp.netlink.NetlinkRequester;

/**
 * The sockets of one agent, and what waits for them. They are opened and closed together.
 *
 * @param poller waits for events, notifications and messages
 * @param channel leads to the kernel's path manager
 * @param routes tells of links, addresses and routes
 * @param diag answers questions about sockets
 */
record KernelSockets(Poller poller, PathManagerChannel channel, RouteChannel routes, NetlinkRequester diag)
        implements AutoCloseable {

    /**
     * Opens all of them, or none. The kernel collects events and notifications from now on.
     *
     * @param locals is kept up to date by the notifications
     * @throws IOException with a sentence for the operator
     */
    static KernelSockets open(Linux linux, NetworkNamespace namespace, AgentSettings settings, LocalAddresses locals)
            throws IOException {
        List<Runnable> undo = new ArrayList<>();
        try {
            PathManagerChannel channel = PathManagerChannel.open(linux, namespace, settings.receiveBufferBytes());
            undo.add(channel::close);
            RouteChannel routes = RouteChannel.open(linux, namespace, locals);
            undo.add(routes::close);
            NetlinkRequester diag = NetlinkRequester.open(linux, namespace, NetlinkSocket.SOCK_DIAG);
            undo.add(diag::close);
            return new KernelSockets(linux.openPoller(), channel, routes, diag);
        } catch (IOException | RuntimeException e) {
            undo.forEach(Runnable::run);
            throw e;
        }
    }

    @Override
    public void close() {
        poller.close();
        channel.close();
        routes.close();
        diag.close();
    }
}
