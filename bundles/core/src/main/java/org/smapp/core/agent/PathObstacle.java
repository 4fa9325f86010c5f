package org.smapp.core.agent;

import java.util.List;
import java.util.OptionalInt;
import org.smapp.api.InterfaceNames;
import org.smapp.api.IpAddress;
import org.smapp.api.LocalAddress;
import org.smapp.api.RemoteAddress;
import org.smapp.core.agent.DefaultRoutes.Way;
import org.smapp.netlink.route.AddressMessage;
import org.smapp.netlink.route.DefaultRoute;
import org.smapp.netlink.route.LinkMessage;

/**
 * Decides what may be a path: says why subflows can't use an address of this host, or a pair of addresses. The one place where
 * that is decided. Immutable.
 */
final class PathObstacle {

    /** Of a pair: a subflow would end where it begins. */
    static final String OWN_ADDRESS = "the peer's address is one of this host";

    /** Of a pair: no packet can be sent there. */
    static final String NO_HOST = "the peer's address is not one of a host";

    /** Of a pair: one of the addresses is link-local, the other is not. */
    static final String OTHER_SCOPE = "only one of both addresses is link-local";

    /** Of a pair: routers may know no way back to the source address. */
    static final String OTHER_KIND = "one address is unique local (fc00::/7) or of a transition, and others fit better";

    /** Of an address: it is used for peers of its kind alone. */
    static final String SECOND_CHOICE =
            "the address is unique local (fc00::/7) or of a transition, and its interface has a global one";

    /** Of a pair: there is no default route at all, and no other. */
    static final String NO_ROUTE = "no route leads from the address to the peer's out of its interface";

    /**
     * What an address is good for.
     *
     * @param obstacle why no subflow can use it, or the empty string
     * @param bound whether sockets must be bound to its interface
     * @param neighboursOnly whether there is no default route, so that each destination needs a look
     */
    record Verdict(String obstacle, boolean bound, boolean neighboursOnly) {}

    /** What has to be known of this host to judge a pair. */
    interface Host {
        /** Returns whether the address is one of this host's. */
        boolean owns(IpAddress address);

        /** Returns whether the interface of {@code local} has a usable address that fits this destination. */
        boolean hasFitting(LocalAddress local, IpAddress destination);

        /** Returns whether packets from {@code local} to this destination leave by its interface. */
        boolean reaches(LocalAddress local, IpAddress destination);
    }

    private final AddressFilter filter;
    private final InterfaceNames included;
    private final InterfaceNames excluded;

    /** @throws IllegalArgumentException with a sentence for the operator, if a pattern is none */
    PathObstacle(AddressFilter filter) {
        this.filter = filter;
        included = new InterfaceNames(filter.includedInterfaces());
        excluded = new InterfaceNames(filter.excludedInterfaces());
    }

    /**
     * Returns the first reason that is found, or the empty string for an address that can be used.
     *
     * @param vrfTable the table of the VRF that the interface is a part of, or 0
     */
    Verdict of(IpAddress address, AddressMessage message, LinkMessage link, int vrfTable, DefaultRoutes routes) {
        boolean loopback = link.isLoopback() || message.scope() == AddressMessage.SCOPE_HOST;
        boolean linkLocal = !loopback && (message.scope() == AddressMessage.SCOPE_LINK || address.isLinkLocal());
        if (leavesOut(link)) {
            return because(leftOut(link));
        }
        if (loopback && !filter.loopback()) {
            return because("the address never leaves the host");
        }
        if (linkLocal && !filter.linkLocal()) {
            return because("the address never leaves its link");
        }
        String ofState = ofState(link);
        if (!ofState.isEmpty()) {
            return because(ofState);
        }
        if (!message.isUsable()) {
            return because("the address is tentative, a duplicate or deprecated");
        }
        if (loopback || linkLocal) {
            return new Verdict("", linkLocal, false); // a link-local address says nothing without its interface
        }
        return ofRoutes(address, link, vrfTable, routes);
    }

    /**
     * Returns why no subflow can lead from a usable address of this host to an address of the peer of the same family, or
     * the empty string.
     *
     * @param remotes all addresses of the peer
     */
    String between(LocalAddress local, IpAddress remote, List<RemoteAddress> remotes, Host host) {
        IpAddress from = local.address();
        if (!SourceSelection.isHost(remote) || remote.isLoopback() && !from.isLoopback()) {
            return NO_HOST;
        }
        if (host.owns(remote) && !filter.loopback()) {
            return OWN_ADDRESS;
        }
        if (from.isLinkLocal() != remote.isLinkLocal()) {
            return OTHER_SCOPE;
        }
        if (!SourceSelection.fits(from, remote) && (host.hasFitting(local, remote) || hasFitting(from, remotes))) {
            return OTHER_KIND;
        }
        return host.reaches(local, remote) ? "" : NO_ROUTE;
    }

    private static boolean hasFitting(IpAddress from, List<RemoteAddress> remotes) {
        return remotes.stream()
                .map(each -> each.at().address())
                .anyMatch(each -> each.v6() == from.v6() && SourceSelection.fits(from, each));
    }

    private static Verdict because(String obstacle) {
        return new Verdict(obstacle, false, false);
    }

    /** Returns why existing subflows can't work on an interface or are not wanted there, or the empty string. */
    String ofInterface(LinkMessage link) {
        return leavesOut(link) && !link.isLoopback() ? leftOut(link) : ofState(link);
    }

    private boolean leavesOut(LinkMessage link) {
        return excluded.contains(link.name()) || !included.isEmpty() && !included.contains(link.name());
    }

    private static String leftOut(LinkMessage link) {
        return "the configuration leaves out interface " + link.name();
    }

    private static String ofState(LinkMessage link) {
        if (!link.isUp()) {
            return "interface " + link.name() + " is down";
        }
        if (!link.carrier()) {
            return "interface " + link.name() + " has no carrier";
        }
        return link.isUsable() ? "" : "interface " + link.name() + " is not operational";
    }

    private Verdict ofRoutes(IpAddress address, LinkMessage link, int vrfTable, DefaultRoutes routes) {
        Way way = routes.from(address, link, vrfTable);
        if (way == Way.OTHER) {
            return because("packets from the address find no default route out of interface " + link.name()
                    + missing(address, link, routes));
        }
        boolean inside = way == Way.NONE && (filter.needsDefaultRoute() || routes.areThere(address.v6()));
        return inside
                ? because("packets from the address find no default route" + missing(address, link, routes))
                : new Verdict("", way == Way.BOUND, way == Way.NONE);
    }

    private static String missing(IpAddress address, LinkMessage link, DefaultRoutes routes) {
        OptionalInt table = routes.tableOf(address.v6(), link.index());
        return table.isEmpty() || table.getAsInt() == DefaultRoute.MAIN_TABLE
                ? ""
                : "; what is missing is `ip rule add from " + address + " lookup " + table.getAsInt() + "`";
    }
}
