package org.smapp.controller.fullmesh;

import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.smapp.api.FourTuple;
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
import org.smapp.api.event.SubflowTimeout;

/** The mesh of one connection. */
final class Mesh implements ConnectionHandler {

    /** One pair of addresses that a subflow may connect. */
    private record Pair(IpAddress local, TransportAddress remote) {
        static Pair of(FourTuple tuple) {
            IpAddress remote = tuple.remoteAddress().unmapped();
            return new Pair(tuple.localAddress().unmapped(), new TransportAddress(remote, tuple.remotePort()));
        }
    }

    private final Connection connection;
    private final FullMesh.Settings settings;

    /** What the peer knows of, by the first handshake or because it was told. */
    private final Set<IpAddress> announced = new HashSet<>();

    private final Map<Pair, Integer> failures = new HashMap<>(); // in a row
    private final Set<Pair> resting = new HashSet<>(); // failed, and not to be tried yet

    /** Completes what is there already: a connection may be found after a restart or come from another controller. */
    Mesh(Connection connection, FullMesh.Settings settings) {
        this.connection = connection;
        this.settings = settings;
        announced.add(connection.tuple().localAddress().unmapped());
        fill("the mesh was not whole");
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
        Predicate<Pair> over = pair -> pair.local().equals(event.address().address());
        resting.removeIf(over); // whatever failed before, the line is new
        failures.keySet().removeIf(over);
        fill(event.address() + " became usable");
    }

    /** The peer would go on sending into the dead line until its time-outs; told so, it stops at once. */
    @Override
    public void onLocalAddressRemoved(LocalAddressRemoved event) {
        IpAddress local = event.address().address();
        Predicate<Subflow> lost = each -> each.tuple().localAddress().unmapped().equals(local);
        connection.because(event.address() + " is gone: " + event.reason());
        if (announced.remove(local) || connection.subflows().stream().anyMatch(lost)) {
            connection.withdraw(local); // before the subflows: closing the last one makes the kernel forget the id
        }
        destroy(lost);
    }

    @Override
    public void onAddressRemoved(AddressRemoved event) {
        connection.because("the peer withdrew its address id " + event.remoteId());
        destroy(each -> each.remoteId() == event.remoteId());
    }

    /** Only a subflow that lives for a while proves its path: a peer that refuses a join lets it begin first. */
    @Override
    public void onSubflowEstablished(SubflowEstablished event) {
        connection.after(
                Duration.ofMillis(settings.provenMs()),
                () -> connection.subflows().stream()
                        .filter(each -> each.tuple().equals(event.tuple()))
                        .forEach(each -> failures.remove(Pair.of(each.tuple()))));
    }

    @Override
    public void onSubflowClosed(SubflowClosed event) {
        Pair pair = Pair.of(event.tuple());
        resting.add(pair);
        RetryDelay.after(settings, event.cause(), failures.merge(pair, 1, Integer::sum))
                .ifPresent(delay -> again(pair, delay));
    }

    /** A middlebox that forgot a flow drops it without a word, and TCP tries for a quarter of an hour; a new flow may pass. */
    @Override
    public void onSubflowTimeout(SubflowTimeout event) {
        if (event.consecutive() >= settings.stuckTimeouts()
                && connection.subflows().size() > 1) {
            connection.because("its retransmission timer expired " + event.consecutive() + " times in a row");
            destroy(each -> each.tuple().equals(event.tuple()));
        }
    }

    private void destroy(Predicate<Subflow> which) {
        connection.subflows().stream().filter(which).forEach(connection::destroy);
    }

    private void again(Pair pair, Duration delay) {
        connection.after(delay, () -> {
            if (resting.remove(pair)) {
                fill("it failed " + failures.getOrDefault(pair, 0) + " times in a row");
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
                    connect(local.address(), remote.at());
                }
            }
            boolean sameFamily = local.address().v6()
                    == connection.tuple().localAddress().unmapped().v6();
            if (settings.announce() && sameFamily && announced.add(local.address())) {
                connection.announce(local.address());
            }
        }
    }

    private void connect(IpAddress local, TransportAddress remote) {
        Pair pair = new Pair(local, remote);
        boolean possible = local.v6() == remote.address().v6()
                && connection.subflows().size() < settings.maxSubflows()
                && (resting.isEmpty() || !resting.contains(pair))
                && !connection.connects(local, remote);
        if (possible && !connection.create(local, remote).isAccepted()) {
            resting.add(pair);
            again(pair, RetryDelay.afterRefusal(settings, failures.merge(pair, 1, Integer::sum)));
        }
    }
}
