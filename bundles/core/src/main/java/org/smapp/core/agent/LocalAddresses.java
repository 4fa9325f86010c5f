package org.smapp.core.agent;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.smapp.api.IpAddress;
import org.smapp.api.LocalAddress;
import org.smapp.api.event.Event;
import org.smapp.api.event.LocalAddressAdded;
import org.smapp.api.event.LocalAddressRemoved;
import org.smapp.netlink.route.AddressMessage;
import org.smapp.netlink.route.LinkMessage;
import org.smapp.netlink.route.RouteChange;

/**
 * This host's links and addresses, and which of them subflows can use: up and with carrier, of a scope that leaves the link,
 * neither tentative nor deprecated, and not on an interface that the operator excluded.
 *
 * <p>Changed on the agent's thread only; {@link #usable} may be read by any.
 */
final class LocalAddresses {

    private final Map<Integer, LinkMessage> links = new HashMap<>();
    private final Map<IpAddress, AddressMessage> addresses = new LinkedHashMap<>();
    private final InterfaceFilter filter;
    private volatile List<LocalAddress> usable = List.of();

    LocalAddresses(InterfaceFilter filter) {
        this.filter = filter;
    }

    /** Returns the addresses that subflows can use now. */
    List<LocalAddress> usable() {
        return usable;
    }

    /** Returns the name of the interface that has {@code address}, or the empty string. */
    String interfaceOf(IpAddress address) {
        AddressMessage found = addresses.get(address);
        LinkMessage link = found == null ? null : links.get(found.interfaceIndex());
        return link == null ? "" : link.name();
    }

    /** Takes in one change and returns what it means for the usable addresses. */
    List<Event> apply(RouteChange change) {
        note(change);
        return settle(reason(change));
    }

    /** Takes in all links and addresses, forgets those that are not among them, and returns what that means. */
    List<Event> replaceAll(List<LinkMessage> allLinks, List<AddressMessage> allAddresses, String reason) {
        links.clear();
        addresses.clear();
        allLinks.forEach(this::note);
        allAddresses.forEach(this::note);
        return settle(reason);
    }

    private void note(RouteChange change) {
        if (change instanceof LinkMessage link) {
            if (link.removed()) {
                links.remove(link.index());
                addresses.values().removeIf(each -> each.interfaceIndex() == link.index());
            } else {
                links.put(link.index(), link);
            }
        } else if (change instanceof AddressMessage address) {
            IpAddress key = addressOf(address);
            if (!address.removed()) {
                addresses.put(key, address);
            } else if (addresses.containsKey(key) && addresses.get(key).interfaceIndex() == address.interfaceIndex()) {
                addresses.remove(key);
            }
        }
    }

    private List<Event> settle(String reason) {
        List<LocalAddress> before = usable;
        List<LocalAddress> after = new ArrayList<>();
        for (Map.Entry<IpAddress, AddressMessage> each : addresses.entrySet()) {
            LinkMessage link = links.get(each.getValue().interfaceIndex());
            if (link != null && isUsable(each.getValue(), link)) {
                after.add(new LocalAddress(each.getKey(), each.getValue().prefixLength(), link.index(), link.name()));
            }
        }
        after.sort(Comparator.comparingInt(LocalAddress::interfaceIndex).thenComparing(LocalAddress::address));
        if (after.equals(before)) {
            return List.of();
        }
        usable = List.copyOf(after);
        List<Event> events = new ArrayList<>();
        before.stream()
                .filter(each -> !after.contains(each))
                .forEach(each -> events.add(new LocalAddressRemoved(each, reason)));
        after.stream()
                .filter(each -> !before.contains(each))
                .forEach(each -> events.add(new LocalAddressAdded(each, reason)));
        return events;
    }

    private boolean isUsable(AddressMessage address, LinkMessage link) {
        return link.isUsable()
                && address.isUsable()
                && address.scope() < AddressMessage.SCOPE_LINK
                && !link.isLoopback()
                && filter.allows(link.name());
    }

    private static IpAddress addressOf(AddressMessage message) {
        return message.v6() ? IpAddress.v6(message.high(), message.low()) : IpAddress.v4((int) message.low());
    }

    private static String reason(RouteChange change) {
        if (change instanceof LinkMessage link) {
            if (link.removed()) {
                return "interface " + link.name() + " is gone";
            }
            String carrier = link.carrier() ? "has carrier" : "has no carrier";
            return "interface " + link.name() + (link.isUp() ? " is up and " + carrier : " is down");
        }
        return change.removed() ? "the address was deleted" : "the address was added or changed";
    }
}
