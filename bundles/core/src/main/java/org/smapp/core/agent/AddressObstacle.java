package org.smapp.core.agent;

import org.smapp.api.InterfaceNames;
import org.smapp.api.IpAddress;
import org.smapp.netlink.route.AddressMessage;
import org.smapp.netlink.route.LinkMessage;

/** Says why subflows can't use an address. Immutable. */
final class AddressObstacle {

    private final AddressFilter filter;
    private final InterfaceNames included;
    private final InterfaceNames excluded;

    /** @throws IllegalArgumentException with a sentence for the operator, if a pattern is none */
    AddressObstacle(AddressFilter filter) {
        this.filter = filter;
        included = new InterfaceNames(filter.includedInterfaces());
        excluded = new InterfaceNames(filter.excludedInterfaces());
    }

    /** Returns the first reason that is found, or the empty string for an address that can be used. */
    String of(IpAddress address, AddressMessage message, LinkMessage link, DefaultRoutes routes) {
        boolean loopback = link.isLoopback() || message.scope() == AddressMessage.SCOPE_HOST;
        boolean linkLocal = !loopback && (message.scope() == AddressMessage.SCOPE_LINK || address.isLinkLocal());
        if (excluded.contains(link.name()) || !included.isEmpty() && !included.contains(link.name())) {
            return "the configuration leaves out interface " + link.name();
        }
        if (loopback && !filter.loopback()) {
            return "the address never leaves the host";
        }
        if (linkLocal && !filter.linkLocal()) {
            return "the address never leaves its link";
        }
        String ofState = ofState(message, link);
        return !ofState.isEmpty() || loopback || linkLocal ? ofState : ofRoutes(address, link, routes);
    }

    private static String ofState(AddressMessage message, LinkMessage link) {
        if (!link.isUp()) {
            return "interface " + link.name() + " is down";
        }
        if (!link.carrier()) {
            return "interface " + link.name() + " has no carrier";
        }
        if (!link.isUsable()) {
            return "interface " + link.name() + " is not operational";
        }
        return message.isUsable() ? "" : "the address is tentative, a duplicate or deprecated";
    }

    private String ofRoutes(IpAddress address, LinkMessage link, DefaultRoutes routes) {
        return switch (routes.from(address, link.index())) {
            case OWN -> "";
            case OTHER -> "packets from the address find no default route out of interface " + link.name();
            case NONE -> filter.needsDefaultRoute() ? "packets from the address find no default route" : "";
        };
    }
}
