package org.smapp.core.agent;

import java.time.Instant;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import org.smapp.api.CloseCause;
import org.smapp.api.Command;
import org.smapp.api.ConnectionSnapshot;
import org.smapp.api.ConnectionState;
import org.smapp.api.FourTuple;
import org.smapp.api.IpAddress;
import org.smapp.api.PathManagerType;
import org.smapp.api.RemoteAddress;
import org.smapp.api.Side;
import org.smapp.api.Subflow;
import org.smapp.api.SubflowState;
import org.smapp.api.Token;
import org.smapp.api.TransportAddress;
import org.smapp.api.event.AddressAnnounced;
import org.smapp.api.event.SubflowClosed;
import org.smapp.api.event.SubflowEstablished;
import org.smapp.api.event.SubflowPriority;
import org.smapp.core.agent.Ownership.Owned;
import org.smapp.core.agent.Ownership.Unclaimed;
import org.smapp.core.agent.Ownership.Watched;

/**
 * One row of the connection table. Its lists are replaced, never changed, so that snapshots share them.
 *
 * <p>For the agent's thread only.
 */
final class TrackedConnection {

    final Token token;
    final Side side;
    final FourTuple tuple;

    /** The interface that had the initial subflow's local address when the connection was found, or the empty string. */
    final String interfaceName;

    final boolean denyJoinId0;
    final boolean recovered;
    final long sinceMs;
    final AddressIds ids;

    /** The user who opened or accepted it; -1 as long as nobody asked. */
    private long uid = -1;

    private ConnectionState state = ConnectionState.CREATED;
    private final SubflowList subflows;
    private List<RemoteAddress> remotes;

    /** Who decides on its subflows. */
    Ownership ownership = Unclaimed.UNCLAIMED;

    TrackedConnection(Token token, Side side, Subflow initial, boolean denyJoinId0, boolean recovered, long sinceMs) {
        this.token = token;
        this.side = side;
        this.tuple = initial.tuple();
        this.interfaceName = initial.interfaceName();
        this.denyJoinId0 = denyJoinId0;
        this.recovered = recovered;
        this.sinceMs = sinceMs;
        this.ids = new AddressIds(tuple.localAddress());
        this.subflows = new SubflowList(initial);
        // A client does not listen where it connected from: only the listening end can be joined without being
        // announced.
        this.remotes = side == Side.CLIENT && !denyJoinId0
                ? List.of(new RemoteAddress(0, unmapped(tuple.remote())))
                : List.of();
    }

    private static TransportAddress unmapped(TransportAddress address) {
        return new TransportAddress(address.address().unmapped(), address.port());
    }

    ConnectionState state() {
        return state;
    }

    List<Subflow> subflows() {
        return subflows.all();
    }

    List<RemoteAddress> remotes() {
        return remotes;
    }

    /** Returns the user who opened or accepted the connection, which is asked once; -1 if it can't be told. */
    long uid(ToLongFunction<Token> question) {
        if (uid < 0) {
            uid = question.applyAsLong(token);
        }
        return uid;
    }

    void established() {
        state = ConnectionState.ESTABLISHED;
    }

    void announced(AddressAnnounced event) {
        RemoteAddress added = new RemoteAddress(event.remoteId(), unmapped(event.remote()));
        if (!remotes.contains(added)) {
            remotes = SubflowList.with(without(remotes, event.remoteId()), added);
        }
    }

    void removed(int remoteId) {
        remotes = without(remotes, remoteId);
    }

    private static List<RemoteAddress> without(List<RemoteAddress> remotes, int id) {
        return remotes.stream().filter(each -> each.id() != id).toList();
    }

    void subflowEstablished(SubflowEstablished event, String interfaceName) {
        boolean backup = event.backup() || subflows.isAskedAsBackup(event.tuple());
        subflows.put(new Subflow(
                event.tuple(), event.localId(), event.remoteId(), SubflowState.ESTABLISHED, backup, interfaceName));
        TransportAddress from = new TransportAddress(event.tuple().localAddress(), 0);
        if (recovered) {
            ids.correct(from, event.localId());
        } else {
            ids.learn(from, event.localId());
        }
        if (recovered && side == Side.CLIENT && event.remoteId() != 0) {
            announced(
                    new AddressAnnounced(token, event.remoteId(), event.tuple().remote())); // its event is long gone
        }
    }

    /**
     * Returns {@code event} with its true cause: the kernel reports an orderly end, too, for a subflow whose handshake
     * failed.
     */
    SubflowClosed explain(SubflowClosed event) {
        return subflows.isAsked(event.tuple()) ? event.because(CloseCause.NO_OPTION) : event;
    }

    void subflowClosed(SubflowClosed event) {
        subflows.remove(event.tuple());
    }

    void subflowPriority(SubflowPriority event) {
        subflows.mark(event.tuple(), event.backup());
    }

    /** Notes what the kernel accepted and will not report: a subflow that is connecting, a backup mark of our own. */
    void accepted(Command command, Function<IpAddress, String> interfaceOf) {
        if (command instanceof Command.CreateSubflow create) {
            FourTuple asked = new FourTuple(
                    create.local().address(),
                    create.local().port(),
                    create.remote().address(),
                    create.remote().port());
            ids.learn(create.local(), create.localId());
            int remoteId = remoteId(create.remote());
            subflows.add(new Subflow(
                    asked,
                    create.localId(),
                    remoteId,
                    SubflowState.CONNECTING,
                    create.backup(),
                    interfaceOf.apply(create.local().address().unmapped())));
        } else if (command instanceof Command.SetBackup set) {
            subflows.mark(set.tuple(), set.backup());
        } else if (command instanceof Command.Withdraw withdraw) {
            ids.forget(withdraw.localId());
        }
    }

    /** Takes in other names of interfaces. */
    void renamed(Function<IpAddress, String> interfaceOf) {
        subflows.renamed(interfaceOf);
    }

    /** Returns {@code command} with the address id that belongs to its address, where that was left open. */
    Command withIds(Command command) {
        if (command instanceof Command.CreateSubflow create && create.localId() == Command.CHOOSE_ID) {
            return new Command.CreateSubflow(
                    token,
                    create.local(),
                    ids.of(create.local()),
                    create.remote(),
                    create.backup(),
                    create.interfaceIndex());
        }
        if (command instanceof Command.Announce announce && announce.localId() == Command.CHOOSE_ID) {
            return new Command.Announce(token, announce.local(), ids.of(announce.local()));
        }
        return command;
    }

    private int remoteId(TransportAddress remote) {
        for (RemoteAddress each : remotes) {
            if (each.at().equals(remote)) {
                return each.id();
            }
        }
        return 0;
    }

    ConnectionSnapshot snapshot() {
        return new ConnectionSnapshot(
                token,
                side,
                state,
                ownership instanceof Owned owned ? owned.controller().name() : "",
                ownership instanceof Owned owned ? owned.settings().policy() : "",
                tuple,
                subflows.isBackupOnly(),
                recovered,
                denyJoinId0,
                subflows.all(),
                remotes,
                ownership instanceof Watched watched ? watched.by() : PathManagerType.USER_SPACE,
                Instant.ofEpochMilli(sinceMs));
    }
}
