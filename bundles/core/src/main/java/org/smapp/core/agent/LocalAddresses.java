package org.smapp.core.agent;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BiPredicate;
import org.smapp.api.HostAddress;
import org.smapp.api.IpAddress;
import org.smapp.api.LocalAddress;
import org.smapp.api.RemoteAddress;
import org.smapp.api.event.Event;
import org.smapp.api.event.LocalAddressAdded;
import org.smapp.api.event.LocalAddressRemoved;
import org.smapp.core.agent.PathObstacle.Verdict;
import org.smapp.netlink.route.AddressMessage;
import org.smapp.netlink.route.AddressPrefix;
import org.smapp.netlink.route.LinkMessage;
import org.smapp.netlink.route.RouteChange;

/**
 * This host's links, addresses and ways out, and which addresses subflows can use: {@link PathObstacle} says which not, and
 * why. Links that go down keep their addresses, and have them back when they come up again. An address that stays on its
 * interface is the same, whatever becomes of its prefix length and of the interface's name.
 *
 * <p>Changed on the agent's thread only; {@link #usable} and {@link #all} may be read by any.
 */
final class LocalAddresses implements PathObstacle.Host {

    /** The same address can be on two interfaces, link-local ones often are; IPv4 has it once for each subnet. */
    private record Key(IpAddress address, int interfaceIndex, AddressPrefix subnet) {}

    /** An address of this host and one of a peer. */
    private record Pair(IpAddress local, IpAddress remote) {}

    private static final Comparator<LocalAddress> IN_ORDER =
            Comparator.comparingInt(LocalAddress::interfaceIndex).thenComparing(LocalAddress::address);

    private final Map<Integer, LinkMessage> links = new HashMap<>();
    private final Map<Key, AddressMessage> addresses = new LinkedHashMap<>();
    private final Map<IpAddress, String> interfaceNames = new HashMap<>();
    private final Map<IpAddress, Verdict> verdicts = new HashMap<>(); // of the usable ones
    private final Map<Pair, Boolean> reached = new HashMap<>();
    private final PathObstacle obstacle;
    private DefaultRoutes routes = DefaultRoutes.EMPTY;
    private BiPredicate<LocalAddress, IpAddress> leadsOut = (local, destination) -> true;
    private boolean renamed;
    private volatile List<HostAddress> all = List.of();
    private volatile List<LocalAddress> usable = List.of();

    LocalAddresses(AddressFilter filter) {
        obstacle = new PathObstacle(filter);
    }

    /** Takes who asks the kernel whether packets from a local address to a destination leave by its interface. */
    void asking(BiPredicate<LocalAddress, IpAddress> kernel) {
        leadsOut = kernel;
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

    /** Returns the number of the interface that a socket with this address must be bound to, or 0. */
    int bindingOf(IpAddress address) {
        Verdict verdict = verdicts.get(address);
        return verdict != null && verdict.bound() ? indexOf(address) : 0;
    }

    private int indexOf(IpAddress address) {
        for (LocalAddress each : usable) {
            if (each.address().equals(address)) {
                return each.interfaceIndex();
            }
        }
        return 0;
    }

    /** Returns why no subflow can lead from a usable address to this one of the peer's, or the empty string. */
    String obstacle(LocalAddress local, RemoteAddress remote, List<RemoteAddress> remotes) {
        return obstacle.between(local, remote.at().address(), remotes, this);
    }

    @Override
    public boolean owns(IpAddress address) {
        return interfaceNames.containsKey(address);
    }

    @Override
    public boolean hasFitting(LocalAddress local, IpAddress destination) {
        return usable.stream()
                .filter(each -> each.interfaceIndex() == local.interfaceIndex())
                .filter(each -> each.address().v6() == destination.v6())
                .anyMatch(each -> SourceSelection.fits(each.address(), destination));
    }

    @Override
    public boolean reaches(LocalAddress local, IpAddress destination) {
        Verdict verdict = verdicts.get(local.address());
        return verdict == null
                || !verdict.neighboursOnly()
                || reached.computeIfAbsent(
                        new Pair(local.address(), destination), pair -> leadsOut.test(local, destination));
    }

    /**
     * Returns why subflows over an address, found there by somebody who has just begun to look after them, can't work or are not
     * wanted; nothing if they can.
     */
    Optional<LocalAddressRemoved> lost(IpAddress address) {
        if (!owns(address)) {
            return Optional.of(new LocalAddressRemoved(
                    new LocalAddress(address, address.v6() ? 128 : 32, 0, ""),
                    "no interface has the address any more"));
        }
        Optional<LocalAddressRemoved> lost = Optional.empty();
        for (Map.Entry<Key, AddressMessage> each : addresses.entrySet()) {
            LinkMessage link = links.get(each.getKey().interfaceIndex());
            if (link != null && each.getKey().address().equals(address)) {
                String why = obstacle.ofInterface(link);
                if (why.isEmpty()) {
                    return Optional.empty();
                }
                lost = Optional.of(new LocalAddressRemoved(local(address, each.getValue(), link), why));
            }
        }
        return lost;
    }

    /** Returns whether an interface has got another name since the last call. */
    boolean takeRenamed() {
        boolean result = renamed;
        renamed = false;
        return result;
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

    private List<Event> settle(String reason) {
        reached.clear();
        List<LocalAddress> before = usable;
        look();
        List<LocalAddress> after = usable;
        List<Event> events = new ArrayList<>();
        before.stream()
                .filter(each -> !isAmong(each, after))
                .forEach(each -> events.add(new LocalAddressRemoved(each, obstacleOf(each, reason))));
        after.stream()
                .filter(each -> !isAmong(each, before))
                .forEach(each -> events.add(new LocalAddressAdded(each, reason)));
        return events;
    }

    private static boolean isAmong(LocalAddress address, List<LocalAddress> list) {
        return list.stream().anyMatch(each -> IN_ORDER.compare(each, address) == 0);
    }

    private void look() {
        Map<LocalAddress, Verdict> found = new TreeMap<>(IN_ORDER); // of the same one in two subnets, the latest
        interfaceNames.clear();
        addresses.forEach((key, message) -> {
            LinkMessage link = links.get(key.interfaceIndex());
            if (link != null) {
                interfaceNames.putIfAbsent(key.address(), link.name());
                LocalAddress local = local(key.address(), message, link);
                found.remove(local);
                found.put(local, obstacle.of(key.address(), message, link, vrfTable(link), routes));
            }
        });
        verdicts.clear();
        List<HostAddress> hosts = new ArrayList<>(found.size());
        List<LocalAddress> good = new ArrayList<>(found.size());
        found.forEach((local, verdict) -> {
            hosts.add(new HostAddress(local, verdict.obstacle()));
            if (verdict.obstacle().isEmpty()) {
                good.add(local);
                verdicts.putIfAbsent(local.address(), verdict);
            }
        });
        all = List.copyOf(hosts);
        usable = List.copyOf(good);
    }

    private int vrfTable(LinkMessage link) {
        LinkMessage master = links.get(link.master());
        return master == null ? 0 : master.vrfTable();
    }

    private static LocalAddress local(IpAddress address, AddressMessage message, LinkMessage link) {
        return new LocalAddress(address, message.subnet().length(), link.index(), link.name());
    }

    private String obstacleOf(LocalAddress address, String otherwise) {
        return all.stream()
                .filter(each -> IN_ORDER.compare(each.address(), address) == 0)
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
