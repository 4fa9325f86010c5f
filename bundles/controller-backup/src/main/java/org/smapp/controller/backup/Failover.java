package org.smapp.controller.backup;

import java.time.Duration;
import java.util.List;
import org.smapp.api.FourTuple;
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
import org.smapp.controller.kit.ConnectionLine;

/** The one line that a connection uses, and the next when it fails. */
final class Failover implements ConnectionHandler {

    /** How long the next line may take to answer before the one after it is tried. */
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private static final Duration STANDBY_RETRY = Duration.ofSeconds(10);

    private final Connection connection;
    private final Candidates candidates;
    private final Trial trial;
    private Backup.Settings settings;
    private Phase phase = new Phase.Idle();

    Failover(Connection connection) {
        this.connection = connection;
        settings = connection.settings(Backup.Settings.class);
        candidates = new Candidates(connection, new Lines(List.of(settings.preference())));
        trial = new Trial(connection, () -> Duration.ofMillis(settings.holdMs()), this::passed);
    }

    /** Goes on with what is there: a connection may be found after a restart or come from another controller. */
    Failover begin() {
        if (connection.isEstablished() && connection.side() == Side.CLIENT) {
            start();
        }
        return this;
    }

    @Override
    public boolean onSettingsChanged() {
        settings = connection.settings(Backup.Settings.class);
        candidates.prefer(new Lines(List.of(settings.preference())));
        tryBetter();
        keepStandby();
        return true;
    }

    @Override
    public void onEstablished(ConnectionEstablished event) {
        begin();
    }

    private void start() {
        ConnectionLine first = candidates.first();
        for (Subflow each : connection.subflows()) {
            if (!each.isOver(first.local()) && !each.backup() && each.state() == SubflowState.ESTABLISHED) {
                connection.because("one line at a time").setBackup(each, true); // of whoever had the connection before
            }
        }
        use(first);
        connection.sample(LineWatch.INTERVAL, this::look);
        moveIfUnusable("the line is not usable");
    }

    private void look(List<SubflowInfo> subflows) {
        trial.look(subflows);
        for (SubflowInfo each : subflows) {
            if (isOn(lineOf(each.tuple())) && each.state() == TcpState.ESTABLISHED) {
                phase.on().flatMap(on -> on.watch().judge(each)).ifPresent(this::leave);
                return;
            }
        }
    }

    @Override
    public void onSubflowTimeout(SubflowTimeout event) {
        if (isOn(lineOf(event.tuple()))) {
            phase.on().flatMap(on -> on.watch().judge(event)).ifPresent(this::leave);
        }
    }

    @Override
    public void onSubflowClosed(SubflowClosed event) {
        ConnectionLine line = lineOf(event.tuple());
        trial.take(event);
        if (isMovingTo(line)) {
            giveUpNext("the line of " + line + ": " + event.cause());
        } else if (isOn(line) && !line.isWorking()) {
            leave("the subflow ended: " + event.cause());
        } else if (settings.standby()) {
            connection.after(STANDBY_RETRY, this::keepStandby);
        }
    }

    @Override
    public void onSubflowEstablished(SubflowEstablished event) {
        ConnectionLine line = lineOf(event.tuple());
        if (isMovingTo(line)) {
            connection.because("the line of " + line + " has taken over");
            use(line);
        } else {
            trial.take(event);
        }
    }

    @Override
    public void onLocalAddressRemoved(LocalAddressRemoved event) {
        ConnectionLine gone = lineOf(event.address().address());
        candidates.forgive(gone); // if it comes back, it is another line
        String reason = event.address() + " is gone: " + event.reason();
        if (isMovingTo(gone)) {
            giveUpNext(reason);
        }
        moveIfUnusable(reason);
        // The active one goes when another works: what it holds can be sent over that then.
        if (!(phase instanceof Phase.Idle) && !isOn(gone)) {
            connection.because(reason);
            gone.close();
        }
        tryBetter();
    }

    @Override
    public void onLocalAddressAdded(LocalAddressAdded event) {
        candidates.forgive(lineOf(event.address().address()));
        moveIfUnusable(event.address() + " became usable");
        tryBetter();
        keepStandby();
    }

    /** Leaves the active line for the next one, if there is one. */
    private void leave(String reason) {
        if (phase instanceof Phase.On on) {
            candidates.fail(on.line());
            move(on, reason);
        }
    }

    private void moveIfUnusable(String reason) {
        if (phase instanceof Phase.On on
                && !(candidates.isUsable(on.line()) && on.line().isWorking())) {
            move(on, reason);
        }
    }

    private void giveUpNext(String reason) {
        if (phase instanceof Phase.Moving moving) {
            moving.patience().cancel();
            candidates.fail(moving.next());
            phase = moving.from();
            move(moving.from(), reason);
        }
    }

    private void move(Phase.On from, String reason) {
        for (ConnectionLine line : candidates.insteadOf(from.line())) {
            connection.because(reason);
            if (line.isWorking()) {
                use(line);
                return;
            }
            if (line.isConnecting() || line.open(false)) {
                phase = new Phase.Moving(
                        from, line, connection.after(PATIENCE, () -> giveUpNext("no answer over the line of " + line)));
                return;
            }
            candidates.fail(line);
        }
    }

    private void passed(ConnectionLine line) {
        connection.because("the line of " + line + " is good again");
        use(line);
    }

    private void use(ConnectionLine line) {
        if (phase instanceof Phase.Moving moving) {
            moving.patience().cancel();
        }
        phase = new Phase.On(line, new LineWatch(() -> settings));
        candidates.forgive(line);
        line.working().filter(Subflow::backup).ifPresent(each -> connection.setBackup(each, false));
        for (Subflow each : connection.subflows()) {
            ConnectionLine other = lineOf(each.tuple());
            if (!other.equals(line) && !each.backup()) {
                park(each, other);
            } else if (other.equals(line) && each.backup()) {
                connection.destroy(each); // of the trials: one is enough
            }
        }
        tryBetter();
        keepStandby();
    }

    private void park(Subflow subflow, ConnectionLine line) {
        if (settings.standby() && !candidates.hasFailed(line)) {
            connection.setBackup(subflow, true);
        } else {
            connection.because("the line is not used any more");
            line.close();
        }
    }

    private void tryBetter() {
        trial.on(phase.on().flatMap(on -> candidates.betterThan(on.line())));
    }

    private void keepStandby() {
        if (settings.standby()) {
            phase.on()
                    .flatMap(on -> candidates.nextTo(on.line()))
                    .filter(line -> !line.isWorking() && !line.isConnecting())
                    .ifPresent(line -> {
                        connection.because("to stand by");
                        line.open(true);
                    });
        }
    }

    private boolean isMovingTo(ConnectionLine line) {
        return phase instanceof Phase.Moving moving && moving.next().equals(line);
    }

    private boolean isOn(ConnectionLine line) {
        return phase.on().filter(on -> on.line().equals(line)).isPresent();
    }

    private ConnectionLine lineOf(FourTuple tuple) {
        return lineOf(tuple.localAddress());
    }

    private ConnectionLine lineOf(IpAddress local) {
        return new ConnectionLine(connection, local);
    }
}
