package org.smapp.api.controller;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.osgi.annotation.versioning.ProviderType;
import org.smapp.api.FourTuple;
import org.smapp.api.IpAddress;
import org.smapp.api.LocalAddress;
import org.smapp.api.Outcome;
import org.smapp.api.RemoteAddress;
import org.smapp.api.Side;
import org.smapp.api.Subflow;
import org.smapp.api.Token;
import org.smapp.api.TransportAddress;
import org.smapp.api.measure.ConnectionInfo;
import org.smapp.api.measure.SubflowInfo;

/**
 * A connection in the hands of its controller. Commands go to the kernel inside the call and return what the kernel said;
 * what they lead to comes as events. Address ids are the platform's business: one address keeps one id for the life of a
 * connection, as the kernel demands.
 *
 * <p>For the agent's thread only. After {@link ConnectionHandler#released} every command is {@link Outcome.NotSent}.
 */
@ProviderType
public interface Connection {

    /** Returns the connection's name on this host. */
    Token token();

    /** Returns which end this host is. */
    Side side();

    /**
     * Returns the settings of the policy under which the controller has this connection: what the policy does not set is as in
     * the controller's own configuration, and what that does not set is the default of the type.
     *
     * @param type the controller's annotation type, the same as for the metatype; its methods are the keys
     */
    <S> S settings(Class<S> type);

    /** Returns whether subflows can be opened already. */
    boolean isEstablished();

    /** Returns the ends of the initial subflow, which may have closed since. */
    FourTuple tuple();

    /** Returns the subflows that are there or were asked for, the oldest first; unmodifiable, of this moment. */
    List<Subflow> subflows();

    /**
     * Returns the peer's addresses that subflows may be opened to: the one that the connection began with, unless the peer
     * denied it, and those it announced and did not withdraw. Unmodifiable, of this moment.
     */
    List<RemoteAddress> remoteAddresses();

    /**
     * Returns this host's addresses over which subflows can be opened now, those of one interface and family together;
     * unmodifiable, of this moment.
     */
    List<LocalAddress> localAddresses();

    /**
     * Returns whether packets from one of the local addresses can be expected to reach one of the peer's, as far as addresses and
     * routes tell; never, if the families differ.
     */
    default boolean isPath(LocalAddress local, RemoteAddress remote) {
        return local.address().v6() == remote.at().address().v6();
    }

    /**
     * Returns the ends that a further subflow could have: from a local address, and any port (0), to one of the peer's,
     * where that {@link #isPath}. A new list, to be opened from its head: it begins with the first address of each
     * interface, paired with all of the peer's; the second addresses follow, and so on.
     */
    default List<FourTuple> pairs() {
        List<FourTuple> pairs = new ArrayList<>();
        boolean more = true;
        for (int round = 0; more; round++) {
            more = addPairs(round, pairs);
        }
        return pairs;
    }

    /** Adds the pairs of the addresses that come in this place on their interfaces. Returns whether some come later. */
    private boolean addPairs(int place, List<FourTuple> pairs) {
        boolean more = false;
        for (RemoteAddress remote : remoteAddresses()) {
            LocalAddress before = null;
            int at = 0;
            for (LocalAddress local : localAddresses()) {
                at = before != null && local.isBeside(before) ? at + 1 : 0;
                before = local;
                more |= at > place;
                if (at == place && isPath(local, remote)) {
                    TransportAddress to = remote.at();
                    pairs.add(new FourTuple(local.address(), 0, to.address(), to.port()));
                }
            }
        }
        return more;
    }

    /**
     * Returns the first of the {@link #pairs} from this local address: to where the connection began, if the peer lets others
     * join there, else to the first address that it announced. Nothing while the address can't be used.
     */
    default Optional<FourTuple> pairFrom(IpAddress local) {
        return pairs().stream()
                .filter(each -> each.localAddress().equals(local))
                .findFirst();
    }

    /** Returns whether a subflow connects these two, or was asked for, whatever its local port. */
    default boolean connects(IpAddress local, TransportAddress remote) {
        for (Subflow each : subflows()) {
            if (each.connects(local, remote)) {
                return true;
            }
        }
        return false;
    }

    /** Opens a subflow from {@code local}, any port, to {@code remote}. */
    default Outcome create(IpAddress local, TransportAddress remote) {
        return create(new TransportAddress(local, 0), remote, false);
    }

    /**
     * Opens a subflow.
     *
     * @param local where from; port 0 stands for any
     * @param remote where to
     * @param backup whether the peer should use it only when no other subflow works
     */
    Outcome create(TransportAddress local, TransportAddress remote, boolean backup);

    /** Closes a subflow; its data goes over the others. */
    Outcome destroy(Subflow subflow);

    /** Closes the subflows that fit. */
    default void destroyAll(Predicate<Subflow> which) {
        subflows().stream().filter(which).forEach(this::destroy);
    }

    /** Tells the peer of a local address. */
    Outcome announce(IpAddress local);

    /** Tells the peer that a local address is gone; it closes the subflows that use it. */
    Outcome withdraw(IpAddress local);

    /** Marks a subflow as backup, or no longer, at the peer and here. */
    Outcome setBackup(Subflow subflow, boolean backup);

    /** Asks the kernel for the figures of this connection, which takes some microseconds; nothing when it is gone. */
    Optional<ConnectionInfo> info();

    /**
     * Asks the kernel for the figures of a subflow, which takes some microseconds; nothing when it is gone, or when it was
     * asked for and its port is not known yet.
     */
    Optional<SubflowInfo> info(Subflow subflow);

    /**
     * Calls {@code listener} again and again with the figures of this connection's subflows, until the connection is
     * released. They are asked for on another thread, in one question for all connections whose controllers want the same
     * interval. A sample that the agent has no time for is left out.
     *
     * @param interval 10 ms at least
     * @return ends the series
     */
    Timer sample(Duration interval, Consumer<List<SubflowInfo>> listener);

    /**
     * Calls {@code action} on the agent's thread after {@code delay}, unless the connection was released before.
     *
     * @return cancels the call; cancelling twice or too late is harmless
     */
    Timer after(Duration delay, Runnable action);

    /**
     * Says why the commands that follow are given, until the next event. The journal shows it beside each of them.
     *
     * @return this
     */
    Connection because(String reason);

    /** One call or several to come. */
    @ProviderType
    interface Timer {
        /** Makes sure that no further call happens. */
        void cancel();
    }
}
