package org.smapp.controller.backup;

import java.time.Duration;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.smapp.api.IpAddress;
import org.smapp.api.Side;
import org.smapp.api.Subflow;
import org.smapp.api.SubflowState;
import org.smapp.api.controller.Connection;
import org.smapp.api.controller.ConnectionHandler;
import org.smapp.api.event.ConnectionEstablished;
import org.smapp.api.event.LocalAddressAdded;
import org.smapp.api.event.LocalAddressRemoved;
import org.smapp.api.event.SubflowClosed;
import org.smapp.api.event.SubflowEstablished;
import org.smapp.api.event.SubflowTimeout;
import org.smapp.api.measure.SubflowInfo;
import org.smapp.api.measure.TcpState;

/** The one line that a connection uses, and the next when it fails. A line is known by its local address. */
final class Failover implements ConnectionHandler {

    /** How long the next line may take to answer before the one after it is tried. */
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private static final Duration STANDBY_RETRY = Duration.ofSeconds(10);

    private final Connection connection;
    private final Lines lines;
    private final Limits limits;
    private final boolean standby;
    private final Trial trial;

    /** Lines that failed, and have neither passed a trial nor gone and come since. */
    private final Set<IpAddress> failed = new HashSet<>();

    private IpAddress active;

    /** The line that is being opened in its place, or null. */
    private IpAddress next;

    private LineWatch watch;
    private Connection.Timer patience = () -> {};

    Failover(Connection connection, Lines lines, Limits limits, boolean standby, Duration hold) {
        this.connection = connection;
        this.lines = lines;
        this.limits = limits;
        this.standby = standby;
        this.trial = new Trial(connection, hold, this::passed);
    }

    /** Goes on with what is there: a connection may be found after a restart or come from another controller. */
    Failover begin() {
        if (connection.isEstablished() && connection.side() == Side.CLIENT) {
            start();
        }
        return this;
    }

    @Override
    public void onEstablished(ConnectionEstablished event) {
        begin();
    }

    private void start() {
        List<IpAddress> usable = lines.usable(connection);
        IpAddress first = usable.stream()
                .filter(line -> over(line).isPresent())
                .min(Comparator.comparing(line -> over(line).orElseThrow().backup()))
                .orElse(connection.tuple().localAddress().unmapped());
        for (Subflow each : connection.subflows()) {
            if (!each.isOver(first) && !each.backup() && each.state() == SubflowState.ESTABLISHED) {
                connection.because("one line at a time").setBackup(each, true); // of whoever had the connection before
            }
        }
        use(first);
        connection.sample(LineWatch.INTERVAL, this::look);
        openIfUnusable("the line is not usable");
    }

    private void look(List<SubflowInfo> subflows) {
        trial.look(subflows);
        for (SubflowInfo each : subflows) {
            boolean used = each.tuple().localAddress().unmapped().equals(active);
            if (used && each.state() == TcpState.ESTABLISHED) {
                watch.judge(each).ifPresent(this::leave);
                return;
            }
        }
    }

    @Override
    public void onSubflowTimeout(SubflowTimeout event) {
        if (event.tuple().localAddress().unmapped().equals(active)) {
            watch.judge(event).ifPresent(this::leave);
        }
    }

    @Override
    public void onSubflowClosed(SubflowClosed event) {
        if (active == null) {
            return;
        }
        IpAddress line = event.tuple().localAddress().unmapped();
        trial.take(event);
        if (line.equals(next)) {
            giveUpNext("the line of " + line + ": " + event.cause());
        } else if (line.equals(active) && over(line).isEmpty()) {
            leave("the subflow ended: " + event.cause());
        } else if (standby) {
            connection.after(STANDBY_RETRY, this::keepStandby);
        }
    }

    @Override
    public void onSubflowEstablished(SubflowEstablished event) {
        IpAddress line = event.tuple().localAddress().unmapped();
        if (line.equals(next)) {
            connection.because("the line of " + line + " has taken over");
            use(line);
        } else {
            trial.take(event);
        }
    }

    @Override
    public void onLocalAddressRemoved(LocalAddressRemoved event) {
        IpAddress gone = event.address().address();
        if (active == null) {
            return;
        }
        failed.remove(gone); // if it comes back, it is another line
        String reason = event.address() + " is gone: " + event.reason();
        if (gone.equals(next)) {
            giveUpNext(reason);
        }
        openIfUnusable(reason);
        if (!gone.equals(active)) {
            close(gone, reason); // the active one goes when another works: what it holds can be sent over that then
        }
        trial.on(better());
    }

    @Override
    public void onLocalAddressAdded(LocalAddressAdded event) {
        if (active == null) {
            return;
        }
        failed.remove(event.address().address());
        openIfUnusable(event.address() + " became usable");
        trial.on(better());
        keepStandby();
    }

    /** Leaves the active line for the next one, if there is one. */
    private void leave(String reason) {
        if (next == null) {
            failed.add(active);
            open(reason);
        }
    }

    private void openIfUnusable(String reason) {
        if (next == null
                && (!lines.usable(connection).contains(active) || over(active).isEmpty())) {
            open(reason);
        }
    }

    private void giveUpNext(String reason) {
        patience.cancel();
        failed.add(next);
        next = null;
        open(reason);
    }

    private void open(String reason) {
        for (IpAddress line : candidates()) {
            connection.because(reason);
            if (over(line).isPresent()) {
                use(line);
                return;
            }
            if (isConnecting(line) || Remotes.open(connection, line, false)) {
                next = line;
                patience = connection.after(PATIENCE, () -> giveUpNext("no answer over the line of " + line));
                return;
            }
            failed.add(line);
        }
    }

    /** Lines to go to, the best first; those that failed as well only if there is no other. */
    private List<IpAddress> candidates() {
        List<IpAddress> others = lines.usable(connection).stream()
                .filter(line -> !line.equals(active) || over(line).isEmpty())
                .toList();
        List<IpAddress> good =
                others.stream().filter(line -> !failed.contains(line)).toList();
        return good.isEmpty() ? others : good;
    }

    private void passed(IpAddress line) {
        connection.because("the line of " + line + " is good again");
        use(line);
    }

    private void use(IpAddress line) {
        patience.cancel();
        next = null;
        active = line;
        failed.remove(line);
        watch = new LineWatch(limits);
        over(line).filter(Subflow::backup).ifPresent(each -> connection.setBackup(each, false));
        for (Subflow each : connection.subflows()) {
            IpAddress other = each.tuple().localAddress().unmapped();
            if (!other.equals(line) && !each.backup()) {
                park(each, other);
            } else if (other.equals(line) && each.backup()) {
                connection.destroy(each); // of the trials: one is enough
            }
        }
        trial.on(better());
        keepStandby();
    }

    private void park(Subflow subflow, IpAddress line) {
        if (standby && !failed.contains(line)) {
            connection.setBackup(subflow, true);
        } else {
            close(line, "the line is not used any more");
        }
    }

    /** Tells the peer first: it would go on sending into a dead line until its time-outs. */
    private void close(IpAddress line, String reason) {
        List<Subflow> its = connection.subflows().stream()
                .filter(each -> each.isOver(line) && each.state() == SubflowState.ESTABLISHED)
                .toList();
        connection.because(reason);
        if (!its.isEmpty()) {
            connection.withdraw(line);
        }
        its.forEach(connection::destroy);
    }

    private IpAddress better() {
        IpAddress best = lines.usable(connection).stream().findFirst().orElse(active);
        return best == null || best.equals(active) ? null : best;
    }

    private void keepStandby() {
        if (!standby) {
            return;
        }
        lines.usable(connection).stream()
                .filter(line -> !line.equals(active) && !failed.contains(line))
                .findFirst()
                .filter(line -> over(line).isEmpty() && !isConnecting(line))
                .ifPresent(line -> Remotes.open(connection.because("to stand by"), line, true));
    }

    private Optional<Subflow> over(IpAddress line) {
        return connection.subflows().stream()
                .filter(each -> each.isOver(line) && each.state() == SubflowState.ESTABLISHED)
                .findFirst();
    }

    private boolean isConnecting(IpAddress line) {
        return connection.subflows().stream()
                .anyMatch(each -> each.isOver(line) && each.state() == SubflowState.CONNECTING);
    }
}
