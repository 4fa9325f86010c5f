package org.smapp.core.agent;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
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
import org.smapp.netlink.route.LinkMessage;
import org.smapp.netlink.route.RouteChange;

/**
 * This host's links, addresses and routes, and which addresses subflows can use: {@link PathObstacle} says which not, and
 * why. An address on the same interface stays the same address, even if its prefix length or the interface's name changes.
 *
 * <p>Changed on the agent's thread only; {@link #usable} and {@link #all} may be read by any.
 */
final class LocalAddresses implements PathObstacle.Host {

    /** An address of this host and one of a peer. */
    private record Pair(IpAddress local, IpAddress remote) {}

    private static final Comparator<LocalAddress> IN_ORDER =
            Comparator.comparingInt(LocalAddress::interfaceIndex).thenComparing(LocalAddress::address);

    private final Interfaces interfaces = new Interfaces();
    private final Map<IpAddress, String> interfaceNames = new HashMap<>();
    private final Map<IpAddress, Verdict> verdicts = new HashMap<>(); // of the usable ones
    private final Map<Pair, Boolean> reached = new HashMap<>();
    private final PathObstacle obstacle;
    private DefaultRoutes routes = DefaultRoutes.EMPTY;
    private BiPredicate<LocalAddress, IpAddress> leadsOut = (local, destination) -> true;
    private volatile List<HostAddress> all = List.of();
    private volatile List<LocalAddress> usable = List.of();
    private List<LocalAddress> withSecondChoice = List.of();

    LocalAddresses(AddressFilter filter) {
        obstacle = new PathObstacle(filter);
    }

    /** Sets who asks the kernel whether packets from a local address to a destination leave by its interface. */
    void asking(BiPredicate<LocalAddress, IpAddress> kernel) {
        leadsOut = kernel;
    }

    /** Returns the addresses that subflows can use now. */
    List<LocalAddress> usable() {
        return usable;
    }

    /** Returns the addresses that subflows to these addresses of a peer can use now. */
    List<LocalAddress> usableTo(List<RemoteAddress> remotes) {
        if (withSecondChoice.size() > usable.size()) {
            for (RemoteAddress each : remotes) {
                if (!SourceSelection.isGlobal(each.at().address())) {
                    return withSecondChoice;
                }
            }
        }
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
        for (LocalAddress each : withSecondChoice) {
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
        return withSecondChoice.stream()
                .filter(each -> each.isBeside(local))
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
     * Returns why existing subflows over an address can't work or are not wanted; nothing if they can. For an owner that
     * has just taken over.
     */
    Optional<LocalAddressRemoved> lost(IpAddress address) {
        if (!owns(address)) {
            return Optional.of(new LocalAddressRemoved(
                    new LocalAddress(address, address.v6() ? 128 : 32, 0, ""),
                    "no interface has the address any more"));
        }
        List<LocalAddressRemoved> lost = new ArrayList<>();
        interfaces.visit((local, message, link) -> {
            if (local.address().equals(address)) {
                lost.add(new LocalAddressRemoved(local, obstacle.ofInterface(link)));
            }
        });
        return lost.stream().anyMatch(each -> each.reason().isEmpty())
                ? Optional.empty()
                : lost.stream().findFirst();
    }

    /** Returns whether an interface has got another name since the last call. */
    boolean takeRenamed() {
        return interfaces.takeRenamed();
    }

    /** Takes in a change of a link or an address, and returns what it means for the usable addresses. */
    List<Event> apply(RouteChange change) {
        interfaces.note(change);
        return settle(reason(change));
    }

    /** Takes in all default routes and rules, and returns what they mean for the usable addresses. */
    List<Event> apply(DefaultRoutes allRoutes) {
        routes = allRoutes;
        return settle("a default route or a routing rule changed");
    }

    /** Replaces all links, addresses and routes, and returns what that means for the usable addresses. */
    List<Event> replaceAll(
            List<LinkMessage> allLinks, List<AddressMessage> allAddresses, DefaultRoutes allRoutes, String reason) {
        interfaces.replaceAll(allLinks, allAddresses);
        routes = allRoutes;
        return settle(reason);
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
        interfaces.visit((local, message, link) -> {
            interfaceNames.putIfAbsent(local.address(), link.name());
            found.remove(local);
            found.put(local, obstacle.of(local.address(), message, link, interfaces.vrfTable(link), routes));
        });
        show(found);
    }

    private void show(Map<LocalAddress, Verdict> found) {
        verdicts.clear();
        withSecondChoice = found.keySet().stream()
                .filter(each -> found.get(each).obstacle().isEmpty())
                .toList();
        withSecondChoice.forEach(each -> verdicts.putIfAbsent(each.address(), found.get(each)));
        all = found.keySet().stream()
                .map(each -> new HostAddress(each, obstacle(each, found.get(each))))
                .toList();
        usable = all.stream()
                .filter(HostAddress::isUsable)
                .map(HostAddress::address)
                .toList();
    }

    private String obstacle(LocalAddress local, Verdict verdict) {
        boolean second = verdict.obstacle().isEmpty()
                && !local.address().isLinkLocal()
                && !SourceSelection.isGlobal(local.address())
                && withSecondChoice.stream()
                        .anyMatch(each -> each.isBeside(local) && SourceSelection.isGlobal(each.address()));
        return second ? PathObstacle.SECOND_CHOICE : twice(local, verdict);
    }

    private String twice(LocalAddress local, Verdict verdict) {
        boolean again = verdict.obstacle().isEmpty()
                && !local.address().isLinkLocal()
                && verdicts.get(local.address()) != verdict;
        return again ? "the same address is on another interface, which is used" : verdict.obstacle();
    }

    private String obstacleOf(LocalAddress address, String otherwise) {
        return all.stream()
                .filter(each -> IN_ORDER.compare(each.address(), address) == 0)
                .map(HostAddress::obstacle)
                .findFirst()
                .orElse(otherwise);
    }

    private static String reason(RouteChange change) {
        if (change instanceof LinkMessage link) {
            return "interface " + link.name() + (link.removed() ? " is gone" : " is up and has carrier");
        }
        return change.removed() ? "the address was deleted" : "the address was added or changed";
    }
}
