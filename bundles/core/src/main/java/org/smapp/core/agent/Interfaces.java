package org.smapp.core.agent;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.smapp.api.IpAddress;
import org.smapp.api.LocalAddress;
import org.smapp.netlink.route.AddressMessage;
import org.smapp.netlink.route.AddressPrefix;
import org.smapp.netlink.route.LinkMessage;
import org.smapp.netlink.route.RouteChange;

/**
 * This host's interfaces and their addresses, as the kernel has told of them. Interfaces that go down keep their addresses, and
 * have them back when they come up again.
 *
 * <p>For the agent's thread only.
 */
final class Interfaces {

    /** The same address can be on two interfaces, link-local ones often are; IPv4 has it once for each subnet. */
    private record Key(IpAddress address, int interfaceIndex, AddressPrefix subnet) {}

    /** Hears of an address and of the interface that has it. */
    interface Visitor {
        void address(LocalAddress address, AddressMessage message, LinkMessage link);
    }

    private final Map<Integer, LinkMessage> links = new HashMap<>();
    private final Map<Key, AddressMessage> addresses = new LinkedHashMap<>();
    private boolean renamed;

    /** Takes in a change of a link or an address. */
    void note(RouteChange change) {
        if (change instanceof LinkMessage link) {
            if (link.removed()) {
                links.remove(link.index());
                addresses.keySet().removeIf(each -> each.interfaceIndex() == link.index());
            } else {
                LinkMessage before = links.put(link.index(), link);
                renamed |= before != null && !before.name().equals(link.name());
            }
        } else if (change instanceof AddressMessage message) {
            AddressPrefix subnet = message.v6() ? AddressPrefix.any(true) : message.subnet();
            Key key = new Key(addressOf(message), message.interfaceIndex(), subnet);
            addresses.remove(key);
            if (!message.removed()) {
                addresses.put(key, message);
            }
        }
    }

    /** Replaces all links and addresses. */
    void replaceAll(List<LinkMessage> allLinks, List<AddressMessage> allAddresses) {
        Map<Integer, LinkMessage> before = Map.copyOf(links);
        links.clear();
        addresses.clear();
        allLinks.forEach(this::note);
        allAddresses.forEach(this::note);
        renamed |= links.values().stream()
                .anyMatch(each -> before.containsKey(each.index())
                        && !before.get(each.index()).name().equals(each.name()));
    }

    /** Shows all addresses, those first that were told of first. */
    void visit(Visitor visitor) {
        addresses.forEach((key, message) -> {
            LinkMessage link = links.get(key.interfaceIndex());
            if (link != null) {
                int length = message.subnet().length();
                visitor.address(new LocalAddress(key.address(), length, link.index(), link.name()), message, link);
            }
        });
    }

    /** Returns the table of the VRF that an interface is a part of, or 0. */
    int vrfTable(LinkMessage link) {
        LinkMessage master = links.get(link.master());
        return master == null ? 0 : master.vrfTable();
    }

    /** Returns whether an interface has got another name since the last call. */
    boolean takeRenamed() {
        boolean result = renamed;
        renamed = false;
        return result;
    }

    private static IpAddress addressOf(AddressMessage message) {
        return message.v6() ? IpAddress.v6(message.high(), message.low()) : IpAddress.v4((int) message.low());
    }
}
