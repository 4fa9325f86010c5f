package org.smapp.core.agent;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.smapp.api.IpAddress;
import org.smapp.api.LocalAddress;
import org.smapp.api.event.Event;
import org.smapp.linux.Linux;
import org.smapp.linux.LinuxException;
import org.smapp.linux.NetlinkSocket;
import org.smapp.linux.NetworkNamespace;
import org.smapp.netlink.MessageReader;
import org.smapp.netlink.NetlinkRequester;
import org.smapp.netlink.route.AddressPrefix;
import org.smapp.netlink.route.DefaultRoute;
import org.smapp.netlink.route.LinkMessage;
import org.smapp.netlink.route.RouteChange;
import org.smapp.netlink.route.RouteDecoder;
import org.smapp.netlink.route.RouteTables;
import org.smapp.netlink.route.RoutingRule;

/**
 * Keeps {@link LocalAddresses} up to date. Subscribes first and asks for everything second, so that nothing is missed
 * between; when the kernel dropped notifications, it asks for everything again. Routes other than default routes are passed
 * over.
 *
 * <p>For the agent's thread only, after {@link #open}.
 */
final class RouteChannel implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(RouteChannel.class);
    private static final int DATAGRAM_BYTES = 64 * 1024;
    private static final int RECEIVE_BUFFER_BYTES = 1 << 20;

    private static final List<Integer> GROUPS = List.of(
            RouteTables.GROUP_LINKS,
            RouteTables.GROUP_IPV4_ADDRESSES,
            RouteTables.GROUP_IPV6_ADDRESSES,
            RouteTables.GROUP_IPV4_ROUTES,
            RouteTables.GROUP_IPV6_ROUTES,
            RouteTables.GROUP_IPV4_RULES,
            RouteTables.GROUP_IPV6_RULES);

    private final NetlinkSocket notifications;
    private final NetlinkRequester requester;
    private final LocalAddresses addresses;
    private final MessageReader reader = new MessageReader();
    private final ByteBuffer datagram =
            ByteBuffer.allocateDirect(DATAGRAM_BYTES).order(ByteOrder.nativeOrder());

    private boolean routesStale;

    private RouteChannel(NetlinkSocket notifications, NetlinkRequester requester, LocalAddresses addresses) {
        this.notifications = notifications;
        this.requester = requester;
        this.addresses = addresses;
    }

    static RouteChannel open(Linux linux, NetworkNamespace namespace, LocalAddresses addresses) throws LinuxException {
        NetlinkSocket socket = linux.openNetlink(namespace, NetlinkSocket.ROUTE);
        try {
            socket.receiveBuffer(RECEIVE_BUFFER_BYTES);
            for (int group : GROUPS) {
                socket.join(group);
            }
            NetlinkRequester requester = NetlinkRequester.open(linux, namespace, NetlinkSocket.ROUTE);
            addresses.asking((local, destination) -> leadsOut(requester, local, destination));
            return new RouteChannel(socket, requester, addresses);
        } catch (LinuxException | RuntimeException e) {
            socket.close();
            throw e;
        }
    }

    private static boolean leadsOut(NetlinkRequester requester, LocalAddress local, IpAddress destination) {
        try {
            return RouteTables.interfaceTowards(requester, whole(local.address()), whole(destination))
                    .equals(OptionalInt.of(local.interfaceIndex()));
        } catch (LinuxException e) {
            LOG.warn("Whether {} reaches {} is not known: {}", local, destination, e.getMessage());
            return false;
        }
    }

    private static AddressPrefix whole(IpAddress address) {
        return new AddressPrefix(address.v6(), address.high(), address.low(), address.v6() ? 128 : 32);
    }

    NetlinkSocket notifications() {
        return notifications;
    }

    /** Asks for everything; {@code sink} hears what changed. */
    void refresh(String reason, Consumer<Event> sink) throws LinuxException {
        routesStale = false;
        addresses
                .replaceAll(RouteTables.links(requester), RouteTables.addresses(requester), routes(), reason)
                .forEach(sink);
    }

    private DefaultRoutes routes() throws LinuxException {
        return new DefaultRoutes(RouteTables.defaultRoutes(requester), RouteTables.rules(requester));
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
                    RouteChange change = RouteDecoder.decode(reader).orElse(null);
                    if (change != null) {
                        take(change, sink);
                    }
                }
            }
            length = notifications.receive(datagram);
        }
        if (overrun) {
            refresh("notifications of the kernel were lost", sink);
        } else {
            refreshRoutes(sink);
        }
    }

    /**
     * Asks for all routes again when one changed, since a notification does not say which route it replaces; and when a
     * link went down or an address went, since the kernel drops their IPv4 routes without a notification.
     */
    private void take(RouteChange change, Consumer<Event> sink) throws LinuxException {
        if (change instanceof DefaultRoute || change instanceof RoutingRule) {
            routesStale = true;
            return;
        }
        if (change.removed() || change instanceof LinkMessage link && !link.isUp()) {
            routesStale = true;
        } else {
            refreshRoutes(sink); // so that what comes up is judged by the routes of now
        }
        addresses.apply(change).forEach(sink);
    }

    private void refreshRoutes(Consumer<Event> sink) throws LinuxException {
        if (routesStale) {
            routesStale = false;
            addresses.apply(routes()).forEach(sink);
        }
    }

    @Override
    public void close() {
        notifications.close();
        requester.close();
    }
}
