package org.smapp.netlink.route;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;
import org.smapp.linux.Errno;
import org.smapp.linux.LinuxException;
import org.smapp.netlink.MessageReader;
import org.smapp.netlink.MessageWriter;
import org.smapp.netlink.NetlinkRequester;

/**
 * Asks for all interfaces, addresses, default routes and routing rules of a namespace. To miss nothing, join the groups first,
 * then ask, then read the notifications.
 */
public final class RouteTables {

    /** Multicast groups of rtnetlink, for {@link org.smapp.linux.NetlinkSocket#join}. */
    public static final int GROUP_LINKS = 1;

    public static final int GROUP_IPV4_ADDRESSES = 5;
    public static final int GROUP_IPV6_ADDRESSES = 9;
    public static final int GROUP_IPV4_ROUTES = 7;
    public static final int GROUP_IPV6_ROUTES = 11;
    public static final int GROUP_IPV4_RULES = 8;
    public static final int GROUP_IPV6_RULES = 19;

    private static final int GET_LINK = 18;
    private static final int GET_ADDRESS = 22;
    private static final int GET_ROUTE = 26;
    private static final int GET_RULE = 34;

    private RouteTables() {}

    /**
     * Returns all interfaces.
     *
     * @param requester of protocol {@link org.smapp.linux.NetlinkSocket#ROUTE}
     */
    public static List<LinkMessage> links(NetlinkRequester requester) throws LinuxException {
        MessageWriter request = new MessageWriter(64).begin(GET_LINK, 0, 0);
        request.rawZeros(RouteDecoder.LINK_HEADER_BYTES);
        return requester.list("network interfaces", request, only(LinkMessage.class));
    }

    /**
     * Returns all addresses of both families.
     *
     * @param requester of protocol {@link org.smapp.linux.NetlinkSocket#ROUTE}
     */
    public static List<AddressMessage> addresses(NetlinkRequester requester) throws LinuxException {
        MessageWriter request = new MessageWriter(64).begin(GET_ADDRESS, 0, 0);
        request.rawZeros(RouteDecoder.ADDRESS_HEADER_BYTES);
        return requester.list("addresses", request, only(AddressMessage.class));
    }

    /**
     * Returns the default routes of all tables and both families. The kernel lists every route for that.
     *
     * @param requester of protocol {@link org.smapp.linux.NetlinkSocket#ROUTE}
     */
    public static List<DefaultRoute> defaultRoutes(NetlinkRequester requester) throws LinuxException {
        MessageWriter request = new MessageWriter(64).begin(GET_ROUTE, 0, 0);
        request.rawZeros(DefaultRouteDecoder.HEADER_BYTES);
        return requester.list("routes", request, only(DefaultRoute.class));
    }

    /**
     * Returns the rules of policy routing of both families; none where the kernel is built without it, and knows only
     * {@link DefaultRoute#MAIN_TABLE}.
     *
     * @param requester of protocol {@link org.smapp.linux.NetlinkSocket#ROUTE}
     */
    public static List<RoutingRule> rules(NetlinkRequester requester) throws LinuxException {
        MessageWriter request = new MessageWriter(64).begin(GET_RULE, 0, 0);
        request.rawZeros(RuleDecoder.HEADER_BYTES);
        try {
            return requester.list("routing rules", request, only(RoutingRule.class));
        } catch (LinuxException e) {
            if (e.errno() == Errno.EOPNOTSUPP) {
                return List.of();
            }
            throw e;
        }
    }

    /**
     * Returns the interface by which a packet of a socket that is bound to no interface would leave; nothing if none.
     *
     * @param requester of protocol {@link org.smapp.linux.NetlinkSocket#ROUTE}
     * @param source the whole address that it is from
     * @param destination the whole address that it is to, of the same family
     */
    public static OptionalInt interfaceTowards(
            NetlinkRequester requester, AddressPrefix source, AddressPrefix destination) throws LinuxException {
        MessageWriter request = new MessageWriter(128).begin(GET_ROUTE, 0, 0);
        request.rawU8(source.v6() ? RouteDecoder.AF_INET6 : RouteDecoder.AF_INET)
                .rawU8(destination.length())
                .rawU8(source.length())
                .rawZeros(DefaultRouteDecoder.HEADER_BYTES - 3);
        address(request, DefaultRouteDecoder.DESTINATION, destination);
        address(request, DefaultRouteDecoder.SOURCE, source);
        int[] found = {0};
        requester.request(request, message -> found[0] = DefaultRouteDecoder.outputInterface(message));
        return found[0] == 0 ? OptionalInt.empty() : OptionalInt.of(found[0]);
    }

    private static void address(MessageWriter request, int attribute, AddressPrefix whole) {
        if (whole.v6()) {
            request.be128(attribute, whole.high(), whole.low());
        } else {
            request.be32(attribute, (int) whole.low());
        }
    }

    private static <T extends RouteChange> Function<MessageReader, Optional<? extends T>> only(Class<T> type) {
        return message -> RouteDecoder.decode(message).filter(type::isInstance).map(type::cast);
    }
}
