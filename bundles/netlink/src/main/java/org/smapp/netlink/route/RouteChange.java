package org.smapp.netlink.route;

/** What one message of rtnetlink says: that something is as described now, or that it is gone. */
public sealed interface RouteChange permits LinkMessage, AddressMessage, DefaultRoute, RoutingRule {

    /** Returns whether it is gone; else it is new or changed. */
    boolean removed();
}
