package org.smapp.core.agent;

import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.smapp.api.Command;
import org.smapp.api.ConnectionState;
import org.smapp.api.FourTuple;
import org.smapp.api.IpAddress;
import org.smapp.api.LocalAddress;
import org.smapp.api.Outcome;
import org.smapp.api.RemoteAddress;
import org.smapp.api.Side;
import org.smapp.api.Subflow;
import org.smapp.api.Token;
import org.smapp.api.TransportAddress;
import org.smapp.api.controller.Connection;
import org.smapp.api.measure.ConnectionInfo;
import org.smapp.api.measure.SubflowInfo;
import org.smapp.core.agent.Ownership.Owned;
import org.smapp.core.measure.Figures;
import org.smapp.linux.LinuxException;

/**
 * A connection as its owner sees it. When the connection goes to another, everything ends that this one could still do.
 *
 * <p>For the agent's thread only.
 */
final class Lease implements Connection {

    private static final Outcome KNOWN = new Outcome.NotSent(
            "The peer knows the address that the connection began with: there is nothing to announce.");

    private final TrackedConnection row;
    private final Owned owned;
    private final Commander commander;
    private final Timers timers;
    private final LocalAddresses locals;
    private final Figures figures;
    private final ControllerSeries series;
    private Outcome flooded;

    Lease(
            TrackedConnection row,
            Owned owned,
            Commander commander,
            Timers timers,
            LocalAddresses locals,
            Figures figures,
            ControllerSeries series) {
        this.row = row;
        this.owned = owned;
        this.commander = commander;
        this.timers = timers;
        this.locals = locals;
        this.figures = figures;
        this.series = series;
    }

    /** Tells the owner of local addresses that subflows still use, but that went before it owned the connection. */
    void tellWhatIsLost() {
        row.subflows().stream()
                .map(each -> each.tuple().localAddress().unmapped())
                .distinct()
                .flatMap(each -> locals.lost(each).stream())
                .forEach(owned.handler()::onLocalAddressRemoved);
    }

    @Override
    public Token token() {
        return row.token;
    }

    @Override
    public Side side() {
        return row.side;
    }

    @Override
    public <S> S settings(Class<S> type) {
        return owned.settings().as(type);
    }

    @Override
    public boolean isEstablished() {
        return row.state() == ConnectionState.ESTABLISHED;
    }

    @Override
    public FourTuple tuple() {
        return row.tuple;
    }

    @Override
    public List<Subflow> subflows() {
        return row.subflows();
    }

    @Override
    public List<RemoteAddress> remoteAddresses() {
        return row.remotes();
    }

    @Override
    public List<LocalAddress> localAddresses() {
        return locals.usableTo(row.remotes());
    }

    @Override
    public boolean isPath(LocalAddress local, RemoteAddress remote) {
        return local.address().v6() == remote.at().address().v6()
                && locals.obstacle(local, remote, row.remotes()).isEmpty();
    }

    @Override
    public Outcome create(TransportAddress local, TransportAddress remote, boolean backup) {
        return give(new Command.CreateSubflow(
                row.token, local, idOf(local), remote, backup, locals.bindingOf(local.address())));
    }

    @Override
    public Outcome destroy(Subflow subflow) {
        return give(new Command.DestroySubflow(row.token, subflow.tuple()));
    }

    @Override
    public Outcome announce(IpAddress local) {
        TransportAddress address = new TransportAddress(local, 0);
        int id = idOf(address);
        if (id != 0) {
            return give(new Command.Announce(row.token, address, id));
        }
        Outcome denied = denied();
        return denied == null ? KNOWN : denied;
    }

    /** A connection that has used up its ids takes those of addresses that are gone. */
    private int idOf(TransportAddress local) {
        int id = row.ids.of(local);
        if (id == AddressIds.NONE_LEFT) {
            row.ids
                    .oldest(each -> locals.owns(each) || row.subflows().stream().anyMatch(other -> other.isOver(each)))
                    .ifPresent(this::free);
            id = row.ids.of(local);
        }
        return id;
    }

    private void free(int id) {
        commander.execute(
                row, new Command.Withdraw(row.token, id), "smapp", "all address ids are in use, and this is gone");
        row.ids.forget(id);
    }

    @Override
    public Outcome withdraw(IpAddress local) {
        return give(new Command.Withdraw(row.token, row.ids.of(new TransportAddress(local, 0))));
    }

    @Override
    public Outcome setBackup(Subflow subflow, boolean backup) {
        return give(new Command.SetBackup(row.token, subflow.tuple(), backup));
    }

    private Outcome give(Command command) {
        Outcome denied = denied();
        return denied == null
                ? commander.execute(row, command, owned.controller().name(), owned.reason())
                : denied;
    }

    /** Counts a command, sent or not; returns why it may not be given, or null. */
    private Outcome denied() {
        if (owned.isEnded()) {
            return new Outcome.NotSent("Connection " + row.token + " no longer belongs to " + owned.controller()
                    + ": the command was dropped.");
        }
        CommandBudget budget = owned.budget();
        if (budget.isExceeded() || !budget.take(commander.nowNanos())) {
            return tooMany();
        }
        return null;
    }

    @Override
    public Optional<ConnectionInfo> info() {
        try {
            return owned.isEnded() ? Optional.empty() : figures.connection(row.token);
        } catch (LinuxException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public Optional<SubflowInfo> info(Subflow subflow) {
        try {
            return owned.isEnded() ? Optional.empty() : figures.subflow(subflow.tuple());
        } catch (LinuxException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public Timer sample(Duration interval, Consumer<List<SubflowInfo>> listener) {
        return series.start(owned, interval, listener);
    }

    /** Made once: a controller that floods may get a million of them. */
    private Outcome tooMany() {
        if (flooded == null) {
            flooded = new Outcome.NotSent("Controller " + owned.controller() + " gave more than "
                    + owned.budget().perSecond() + " commands for connection " + row.token
                    + " within a second: nothing was sent.");
        }
        return flooded;
    }

    @Override
    public Timer after(Duration delay, Runnable action) {
        return timers.after(delay.toNanos(), owned, action);
    }

    @Override
    public Connection because(String why) {
        owned.reason(why);
        return this;
    }
}
