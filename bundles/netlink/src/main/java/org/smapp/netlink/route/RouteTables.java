package org.smapp.netlink.route;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.smapp.linux.LinuxException;
import org.smapp.netlink.MessageReader;
import org.smapp.netlink.MessageWriter;
import org.smapp.netlink.NetlinkRequester;

/**
 * Asks for all interfaces and addresses of a namespace. To miss nothing, join the groups first, then ask, then read the
 * notifications.
 */
public final class RouteTables {

    /** Multicast groups of rtnetlink, for {@link org.smapp.linux.NetlinkSocket#join}. */
    public static final int GROUP_LINKS = 1;

    public static final int GROUP_IPV4_ADDRESSES = 5;
    public static final int GROUP_IPV6_ADDRESSES = 9;

    private static final int GET_LINK = 18;
    private static final int GET_ADDRESS = 22;

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

    private static <T extends RouteChange> Function<MessageReader, Optional<? extends T>> only(Class<T> type) {
        return message -> RouteDecoder.decode(message).filter(type::isInstance).map(type::cast);
    }
}
