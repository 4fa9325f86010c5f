package org.smapp.core.agent;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.smapp.api.HostAddress;
import org.smapp.api.IpAddress;
import org.smapp.api.LocalAddress;
import org.smapp.api.event.Event;
import org.smapp.api.event.LocalAddressAdded;
import org.smapp.api.event.LocalAddressRemoved;
import org.smapp.netlink.route.AddressMessage;
import org.smapp.netlink.route.LinkMessage;
import org.smapp.netlink.route.RouteChange;

/**
 * This host's links, addresses and ways out, and which addresses subflows can use: {@link AddressObstacle} says which not, and
 * why. Links that go down keep their addresses, and have them back when they come up again.
 *
 * <p>Changed on the agent's thread only; {@link #usable} and {@link #all} may be read by any.
 */
final class LocalAddresses {

    /** The same address can be on two interfaces, link-local ones often are. */
    private record Key(IpAddress address, int interfaceIndex) {}

    private static final Comparator<LocalAddress> IN_ORDER =
            Comparator.comparingInt(LocalAddress::interfaceIndex).thenComparing(LocalAddress::address);

    private final Map<Integer, LinkMessage> links = new HashMap<>();
    private final Map<Key, AddressMessage> addresses = new LinkedHashMap<>();
    private final Map<IpAddress, String> interfaceNames = new HashMap<>();
    private final AddressObstacle obstacle;
    private DefaultRoutes routes = DefaultRoutes.EMPTY;
    private volatile List<HostAddress> all = List.of();
    private volatile List<LocalAddress> usable = List.of();

    LocalAddresses(AddressFilter filter) {
        obstacle = new AddressObstacle(filter);
    }

    /** Returns the addresses that subflows can use now. */
    List<LocalAddress> usable() {
        return usable;
    }

    /** Returns all addresses. */
    List<HostAddress> all() {
        return all;
    }

    /** Returns the name of the interface that has {@code address}, or the empty string. */
    String interfaceOf(IpAddress address) {
        return interfaceNames.getOrDefault(address, "");
    }

    /** Takes in a change of a link or an address, and returns what it means for the usable addresses. */
    List<Event> apply(RouteChange change) {
        note(change);
        return settle(reason(change));
    }

    /** Takes in all default routes and rules, and returns what they mean for the usable addresses. */
    List<Event> apply(DefaultRoutes allRoutes) {
        routes = allRoutes;
        return settle("a default route or a routing rule changed");
    }

    /** Takes in everything, forgets what is not among it, and returns what that means for the usable addresses. */
    List<Event> replaceAll(
            List<LinkMessage> allLinks, List<AddressMessage> allAddresses, DefaultRoutes allRoutes, String reason) {
        links.clear();
        addresses.clear();
        allLinks.forEach(this::note);
        allAddresses.forEach(this::note);
        routes = allRoutes;
        return settle(reason);
    }

    private void note(RouteChange change) {
        if (change instanceof LinkMessage link) {
            if (link.removed()) {
                links.remove(link.index());
                addresses.keySet().removeIf(each -> each.interfaceIndex() == link.index());
            } else {
                links.put(link.index(), link);
            }
        } else if (change instanceof AddressMessage message) {
            Key key = new Key(addressOf(message), message.interfaceIndex());
            if (message.removed()) {
                addresses.remove(key);
            } else {
                addresses.put(key, message);
            }
        }
    }

    private List<Event> settle(String reason) {
        look();
        List<LocalAddress> before = usable;
        List<LocalAddress> after = all.stream()
                .filter(HostAddress::isUsable)
                .map(HostAddress::address)
                .toList();
        if (after.equals(before)) {
            return List.of();
        }
        usable = after;
        List<Event> events = new ArrayList<>();
        before.stream()
                .filter(each -> !after.contains(each))
                .forEach(each -> events.add(new LocalAddressRemoved(each, obstacleOf(each, reason))));
        after.stream()
                .filter(each -> !before.contains(each))
                .forEach(each -> events.add(new LocalAddressAdded(each, reason)));
        return events;
    }

    private void look() {
        List<HostAddress> found = new ArrayList<>();
        interfaceNames.clear();
        addresses.forEach((key, message) -> {
            LinkMessage link = links.get(key.interfaceIndex());
            if (link != null) {
                interfaceNames.putIfAbsent(key.address(), link.name());
                found.add(new HostAddress(
                        new LocalAddress(key.address(), message.prefixLength(), link.index(), link.name()),
                        obstacle.of(key.address(), message, link, routes)));
            }
        });
        found.sort(Comparator.comparing(HostAddress::address, IN_ORDER));
        all = List.copyOf(found);
    }

    private String obstacleOf(LocalAddress address, String otherwise) {
        return all.stream()
                .filter(each -> each.address().equals(address))
                .map(HostAddress::obstacle)
                .findFirst()
                .orElse(otherwise);
    }

    private static IpAddress addressOf(AddressMessage message) {
        return message.v6() ? IpAddress.v6(message.high(), message.low()) : IpAddress.v4((int) message.low());
    }

    private static String reason(RouteChange change) {
        if (change instanceof LinkMessage link) {
            return "interface " + link.name() + (link.removed() ? " is gone" : " is up and has carrier");
        }
        return change.removed() ? "the address was deleted" : "the address was added or changed";
    }
}
