package org.smapp.controller.fullmesh;

import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.smapp.api.IpAddress;
import org.smapp.api.LocalAddress;
import org.smapp.api.RemoteAddress;
import org.smapp.api.Side;
import org.smapp.api.Subflow;
import org.smapp.api.TransportAddress;
import org.smapp.api.controller.Connection;
import org.smapp.api.controller.ConnectionHandler;
import org.smapp.api.event.AddressAnnounced;
import org.smapp.api.event.AddressRemoved;
import org.smapp.api.event.ConnectionEstablished;
import org.smapp.api.event.LocalAddressAdded;
import org.smapp.api.event.LocalAddressRemoved;
import org.smapp.api.event.SubflowClosed;
import org.smapp.api.event.SubflowEstablished;

/** The mesh of one connection. */
final class Mesh implements ConnectionHandler {

    /** One pair of addresses that a subflow may connect. */
    private record Pair(IpAddress local, TransportAddress remote) {}

    private final Connection connection;
    private final FullMesh.Settings settings;
    private final Set<IpAddress> announced = new HashSet<>();

    /** Pairs whose subflow failed and is not to be tried again yet, with how often it failed in a row. */
    private final Map<Pair, Integer> failures = new HashMap<>();

    private final Set<Pair> resting = new HashSet<>();

    Mesh(Connection connection, FullMesh.Settings settings) {
        this.connection = connection;
        this.settings = settings;
    }

    /** Completes what is there already: a connection may be found after a restart or come from another controller. */
    Mesh begin() {
        fill("the mesh was not whole");
        return this;
    }

    @Override
    public void onEstablished(ConnectionEstablished event) {
        fill("the connection is established");
    }

    @Override
    public void onAddressAnnounced(AddressAnnounced event) {
        fill("the peer announced " + event.remote());
    }

    @Override
    public void onLocalAddressAdded(LocalAddressAdded event) {
        IpAddress local = event.address().address();
        resting.removeIf(pair -> pair.local().equals(local)); // whatever failed before, the line is new
        failures.keySet().removeIf(pair -> pair.local().equals(local));
        fill(event.address() + " became usable");
    }

    /** The peer would go on sending into the dead line until its time-outs; told so, it stops at once. */
    @Override
    public void onLocalAddressRemoved(LocalAddressRemoved event) {
        IpAddress local = event.address().address();
        connection.because(event.address() + " is gone: " + event.reason());
        boolean used = announced.remove(local);
        List<Subflow> lost = connection.subflows().stream()
                .filter(each -> each.tuple().localAddress().unmapped().equals(local))
                .toList();
        if (used || !lost.isEmpty()) {
            connection.withdraw(local); // before the subflows: closing the last one makes the kernel forget the id
        }
        lost.forEach(connection::destroy);
    }

    @Override
    public void onAddressRemoved(AddressRemoved event) {
        connection.because("the peer withdrew its address id " + event.remoteId());
        connection.subflows().stream()
                .filter(each -> each.remoteId() == event.remoteId())
                .forEach(connection::destroy);
    }

    @Override
    public void onSubflowEstablished(SubflowEstablished event) {
        failures.remove(pair(event.tuple().localAddress(), event.tuple().remote()));
    }

    @Override
    public void onSubflowClosed(SubflowClosed event) {
        rest(pair(event.tuple().localAddress(), event.tuple().remote()), event);
    }

    private void rest(Pair pair, SubflowClosed event) {
        int failed = failures.merge(pair, 1, Integer::sum);
        resting.add(pair);
        RetryDelay.after(event.cause(), failed).ifPresent(delay -> again(pair, delay));
    }

    private void again(Pair pair, Duration delay) {
        connection.after(delay, () -> {
            if (resting.remove(pair)) {
                fill("it failed " + failures.getOrDefault(pair, 0) + " times, the last " + delay.toMillis()
                        + " ms ago");
            }
        });
    }

    private void fill(String reason) {
        if (!connection.isEstablished()) {
            return;
        }
        connection.because(reason);
        for (LocalAddress local : connection.localAddresses()) {
            if (connection.side() == Side.CLIENT || settings.serverSide()) {
                for (RemoteAddress remote : connection.remoteAddresses()) {
                    connect(local.address(), remote);
                }
            }
            if (settings.announce() && isUnknownToPeer(local.address())) {
                announced.add(local.address());
                connection.announce(local.address());
            }
        }
    }

    private void connect(IpAddress local, RemoteAddress remote) {
        Pair pair = new Pair(local, remote.at());
        boolean possible = local.v6() == remote.at().address().v6()
                && connection.subflows().size() < settings.maxSubflows()
                && (resting.isEmpty() || !resting.contains(pair))
                && !isConnected(local, remote.at());
        if (possible && !connection.create(local, remote.at()).isAccepted()) {
            failures.merge(pair, 1, Integer::sum);
            resting.add(pair);
            again(pair, RetryDelay.REFUSED_BY_KERNEL);
        }
    }

    private boolean isConnected(IpAddress local, TransportAddress remote) {
        for (Subflow each : connection.subflows()) {
            if (each.connects(local, remote)) {
                return true;
            }
        }
        return false;
    }

    private boolean isUnknownToPeer(IpAddress local) {
        IpAddress known = connection.tuple().localAddress().unmapped();
        return local.v6() == known.v6() && !known.equals(local) && !announced.contains(local);
    }

    private static Pair pair(IpAddress local, TransportAddress remote) {
        return new Pair(local.unmapped(), new TransportAddress(remote.address().unmapped(), remote.port()));
    }
}
