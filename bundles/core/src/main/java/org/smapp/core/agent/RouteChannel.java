package org.smapp.core.agent;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.function.Consumer;
import org.smapp.api.event.Event;
import org.smapp.linux.Linux;
import org.smapp.linux.LinuxException;
import org.smapp.linux.NetlinkSocket;
import org.smapp.linux.NetworkNamespace;
import org.smapp.netlink.MessageReader;
import org.smapp.netlink.NetlinkRequester;
import org.smapp.netlink.route.RouteDecoder;
import org.smapp.netlink.route.RouteTables;

/**
 * Keeps {@link LocalAddresses} as the kernel has them. Subscribes first and asks for everything second, so that nothing
 * falls between; when the kernel had to drop notifications, it asks for everything again.
 *
 * <p>For the agent's thread only, after {@link #open}.
 */
final class RouteChannel implements AutoCloseable {

    private static final int DATAGRAM_BYTES = 64 * 1024;
    private static final int RECEIVE_BUFFER_BYTES = 1 << 20;

    private final NetlinkSocket notifications;
    private final NetlinkRequester requester;
    private final LocalAddresses addresses;
    private final MessageReader reader = new MessageReader();
    private final ByteBuffer datagram =
            ByteBuffer.allocateDirect(DATAGRAM_BYTES).order(ByteOrder.nativeOrder());

    private RouteChannel(NetlinkSocket notifications, NetlinkRequester requester, LocalAddresses addresses) {
        this.notifications = notifications;
        this.requester = requester;
        this.addresses = addresses;
    }

    static RouteChannel open(Linux linux, NetworkNamespace namespace, LocalAddresses addresses) throws LinuxException {
        NetlinkSocket socket = linux.openNetlink(namespace, NetlinkSocket.ROUTE);
        try {
            socket.receiveBuffer(RECEIVE_BUFFER_BYTES);
            for (int group : List.of(
                    RouteTables.GROUP_LINKS, RouteTables.GROUP_IPV4_ADDRESSES, RouteTables.GROUP_IPV6_ADDRESSES)) {
                socket.join(group);
            }
            NetlinkRequester requester = NetlinkRequester.open(linux, namespace, NetlinkSocket.ROUTE);
            return new RouteChannel(socket, requester, addresses);
        } catch (LinuxException | RuntimeException e) {
            socket.close();
            throw e;
        }
    }

    NetlinkSocket notifications() {
        return notifications;
    }

    /** Asks for all links and addresses; {@code sink} hears what changed. */
    void refresh(String reason, Consumer<Event> sink) throws LinuxException {
        addresses
                .replaceAll(RouteTables.links(requester), RouteTables.addresses(requester), reason)
                .forEach(sink);
    }

    /** Reads all notifications that are there; {@code sink} hears what they mean. */
    void receive(Consumer<Event> sink) throws LinuxException {
        boolean overrun = false;
        int length = notifications.receive(datagram);
        while (length != NetlinkSocket.NOTHING) {
            if (length == NetlinkSocket.OVERRUN) {
                overrun = true;
            } else {
                reader.wrap(datagram);
                while (reader.next()) {
                    RouteDecoder.decode(reader)
                            .ifPresent(change -> addresses.apply(change).forEach(sink));
                }
            }
            length = notifications.receive(datagram);
        }
        if (overrun) {
            refresh("notifications of the kernel were lost", sink);
        }
    }

    @Override
    public void close() {
        notifications.close();
        requester.close();
    }
}
