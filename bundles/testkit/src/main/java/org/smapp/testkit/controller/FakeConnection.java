package org.smapp.testkit.controller;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import org.smapp.api.CloseCause;
import org.smapp.api.Command;
import org.smapp.api.FourTuple;
import org.smapp.api.IpAddress;
import org.smapp.api.LocalAddress;
import org.smapp.api.Outcome;
import org.smapp.api.RemoteAddress;
import org.smapp.api.Side;
import org.smapp.api.Subflow;
import org.smapp.api.SubflowState;
import org.smapp.api.Token;
import org.smapp.api.TransportAddress;
import org.smapp.api.controller.Connection;
import org.smapp.api.controller.ConnectionHandler;
import org.smapp.api.controller.SubflowController;
import org.smapp.api.event.AddressAnnounced;
import org.smapp.api.event.AddressRemoved;
import org.smapp.api.event.ConnectionEstablished;
import org.smapp.api.event.LocalAddressAdded;
import org.smapp.api.event.LocalAddressRemoved;
import org.smapp.api.event.SubflowClosed;
import org.smapp.api.event.SubflowEstablished;
import org.smapp.api.event.SubflowTimeout;
import org.smapp.api.measure.ConnectionInfo;
import org.smapp.api.measure.SubflowInfo;
import org.smapp.api.measure.TcpState;

/**
 * A connection for the test of a controller, in a few lines and without a kernel:
 *
 * <pre>
 * FakeConnection connection = FakeConnection.client("10.0.1.2", "10.9.0.1:443").with("10.0.1.2", "wan1").with("10.0.2.2", "wan2");
 * connection.givenTo(new MyController());
 * connection.establish();
 * assertEquals(List.of("create subflow 10.0.2.2 -&gt; 10.9.0.1:443"), connection.commands());
 * </pre>
 *
 * <p>Commands are recorded and accepted, unless {@link #answer} says otherwise. Time stands still until {@link #pass}.
 * For one thread.
 */
public final class FakeConnection implements Connection {

    private static final int FIRST_PORT = 40_000;

    private final Side side;
    private final FourTuple tuple;
    private final List<Subflow> subflows = new ArrayList<>();
    private final List<RemoteAddress> remotes = new ArrayList<>();
    private final List<LocalAddress> locals = new ArrayList<>();
    private final List<Command> given = new ArrayList<>();
    private final List<String> reasons = new ArrayList<>();
    private final List<Call> calls = new ArrayList<>();
    private final ConnectionInfoBuilder figures =
            ConnectionInfoBuilder.builder().state(TcpState.ESTABLISHED);
    private final Map<FourTuple, SubflowInfoBuilder> subflowFigures = new HashMap<>();
    private Function<Command, Outcome> answer = command -> Outcome.Accepted.ACCEPTED;
    private ConnectionHandler handler;
    private boolean established;
    private String reason = "";
    private long nowNanos;
    private int nextPort = FIRST_PORT + 1;

    private static final class Call implements Timer {
        private final long atNanos;
        private Runnable action;

        Call(long atNanos, Runnable action) {
            this.atNanos = atNanos;
            this.action = action;
        }

        @Override
        public void cancel() {
            action = null;
        }
    }

    private final class Series implements Timer {
        private final Duration interval;
        private final Consumer<List<SubflowInfo>> listener;
        private Timer next;

        Series(Duration interval, Consumer<List<SubflowInfo>> listener) {
            this.interval = interval;
            this.listener = listener;
            schedule();
        }

        private void schedule() {
            next = after(interval, () -> {
                schedule();
                listener.accept(subflows.stream().map(this::look).toList());
            });
        }

        /** A subflow that is connecting is seen with the port that it will have. */
        private SubflowInfo look(Subflow each) {
            boolean connecting = each.state() == SubflowState.CONNECTING;
            return connecting
                    ? fresh().state(TcpState.SYN_SENT)
                            .token(token())
                            .tuple(ends(each))
                            .build()
                    : info(each).orElseThrow();
        }

        @Override
        public void cancel() {
            next.cancel();
        }
    }

    private FakeConnection(Side side, String local, String remote) {
        this.side = side;
        TransportAddress peer = at(remote);
        tuple = new FourTuple(IpAddress.parse(local), FIRST_PORT, peer.address(), peer.port());
        subflows.add(new Subflow(tuple, 0, 0, SubflowState.ESTABLISHED, false, ""));
        if (side == Side.CLIENT) {
            remotes.add(new RemoteAddress(0, peer));
        }
    }

    /** A connection that this host opened from an address to {@code address:port}, created and not yet established. */
    public static FakeConnection client(String local, String remote) {
        return new FakeConnection(Side.CLIENT, local, remote);
    }

    /** A connection that this host accepted. */
    public static FakeConnection server(String local, String remote) {
        return new FakeConnection(Side.SERVER, local, remote);
    }

    /** Adds a usable local address, without an event. */
    public FakeConnection with(String local, String interfaceName) {
        locals.add(localAddress(local, interfaceName));
        return this;
    }

    /** Sets how commands are answered from now on. */
    public void answer(Function<Command, Outcome> next) {
        answer = next;
    }

    /** Hands the connection to a controller, as the platform does. */
    public void givenTo(SubflowController controller) {
        handler = controller.manage(this);
    }

    /** The kernel reports that the connection is established. */
    public void establish() {
        established = true;
        handler.onEstablished(new ConnectionEstablished(token(), side, tuple, false));
    }

    /** Makes the connection established before a controller gets it. */
    public FakeConnection established() {
        established = true;
        return this;
    }

    /** A local address becomes usable. */
    public void addLocal(String local, String interfaceName) {
        with(local, interfaceName);
        handler.onLocalAddressAdded(new LocalAddressAdded(localAddress(local, interfaceName), "test"));
    }

    /** A local address stops being usable. */
    public void removeLocal(String local) {
        LocalAddress gone = locals.stream()
                .filter(each -> each.address().toString().equals(local))
                .findFirst()
                .orElseThrow();
        locals.remove(gone);
        handler.onLocalAddressRemoved(new LocalAddressRemoved(gone, "test"));
    }

    /** The peer announces {@code address:port}. */
    public void announceRemote(int id, String remote) {
        remotes.add(new RemoteAddress(id, at(remote)));
        handler.onAddressAnnounced(new AddressAnnounced(token(), id, at(remote)));
    }

    /** The peer withdraws an address. */
    public void withdrawRemote(int id) {
        remotes.removeIf(each -> each.id() == id);
        handler.onAddressRemoved(new AddressRemoved(token(), id));
    }

    /** The oldest subflow that is connecting becomes established; returns it as it is then. */
    public Subflow join() {
        Subflow asked = subflows.stream()
                .filter(each -> each.state() == SubflowState.CONNECTING)
                .findFirst()
                .orElseThrow();
        FourTuple ends = ends(asked);
        nextPort++;
        Subflow joined =
                new Subflow(ends, asked.localId(), asked.remoteId(), SubflowState.ESTABLISHED, asked.backup(), "");
        subflows.set(subflows.indexOf(asked), joined);
        handler.onSubflowEstablished(
                new SubflowEstablished(token(), ends, joined.localId(), joined.remoteId(), false, 0));
        return joined;
    }

    private FourTuple ends(Subflow asked) {
        FourTuple tuple = asked.tuple();
        return new FourTuple(tuple.localAddress(), nextPort, tuple.remoteAddress(), tuple.remotePort());
    }

    /** A subflow ends with this errno, 0 for an orderly end. */
    public void close(Subflow subflow, int errno) {
        close(subflow, new CloseCause(errno, CloseCause.NO_RESET, false));
    }

    /** A subflow ends. */
    public void close(Subflow subflow, CloseCause cause) {
        subflows.remove(subflow);
        handler.onSubflowClosed(new SubflowClosed(
                token(), subflow.tuple(), subflow.localId(), subflow.remoteId(), subflow.backup(), 0, cause));
    }

    /** The retransmission timer of a subflow expires: after so many milliseconds, the {@code consecutive}th time in a row. */
    public void timeOut(Subflow subflow, int rtoMs, int consecutive) {
        handler.onSubflowTimeout(new SubflowTimeout(token(), subflow.tuple(), rtoMs, consecutive, false));
    }

    /** Returns what this connection answers when it is asked for its figures, to be set. */
    public ConnectionInfoBuilder figures() {
        return figures;
    }

    /** Returns what a subflow answers when it is asked for its figures, to be set. */
    public SubflowInfoBuilder figures(Subflow subflow) {
        return subflowFigures.computeIfAbsent(subflow.tuple(), each -> fresh());
    }

    private static SubflowInfoBuilder fresh() {
        return SubflowInfoBuilder.builder()
                .state(TcpState.ESTABLISHED)
                .congestionControl("cubic")
                .congestionWindowSegments(10)
                .slowStartThresholdSegments(Integer.MAX_VALUE);
    }

    /** Time passes; what was asked for with {@link #after} and {@link #sample} is called when it is due. */
    public void pass(Duration time) {
        long end = nowNanos + time.toNanos();
        for (Call next = next(end); next != null; next = next(end)) {
            calls.remove(next);
            nowNanos = Math.max(nowNanos, next.atNanos);
            next.action.run();
        }
        nowNanos = end;
    }

    private Call next(long end) {
        calls.removeIf(each -> each.action == null);
        return calls.stream()
                .filter(each -> each.atNanos <= end)
                .min(Comparator.comparingLong(each -> each.atNanos))
                .orElse(null);
    }

    /** Returns the commands that were given since the last call, in words. */
    public List<String> commands() {
        List<String> words = given.stream().map(Command::toString).toList();
        given.clear();
        return words;
    }

    /** Returns the reason that was given with each command so far. */
    public List<String> reasons() {
        return List.copyOf(reasons);
    }

    private Outcome give(Command command) {
        given.add(command);
        reasons.add(reason);
        return answer.apply(command);
    }

    private static TransportAddress at(String text) {
        int colon = text.lastIndexOf(':');
        String address = text.substring(0, colon).replaceAll("[\\[\\]]", "");
        return new TransportAddress(IpAddress.parse(address), Integer.parseInt(text.substring(colon + 1)));
    }

    private static LocalAddress localAddress(String local, String interfaceName) {
        return new LocalAddress(
                IpAddress.parse(local), 24, 1 + Math.abs(interfaceName.hashCode() % 100), interfaceName);
    }

    @Override
    public Token token() {
        return new Token(1);
    }

    @Override
    public Side side() {
        return side;
    }

    @Override
    public boolean isEstablished() {
        return established;
    }

    @Override
    public FourTuple tuple() {
        return tuple;
    }

    @Override
    public List<Subflow> subflows() {
        return List.copyOf(subflows);
    }

    @Override
    public List<RemoteAddress> remoteAddresses() {
        return List.copyOf(remotes);
    }

    @Override
    public List<LocalAddress> localAddresses() {
        return List.copyOf(locals);
    }

    @Override
    public Outcome create(TransportAddress local, TransportAddress remote, boolean backup) {
        int remoteId = remotes.stream()
                .filter(each -> each.at().equals(remote))
                .findFirst()
                .map(RemoteAddress::id)
                .orElse(0);
        Outcome outcome = give(new Command.CreateSubflow(token(), local, 1, remote, backup, 0));
        if (outcome.isAccepted()) {
            FourTuple asked = new FourTuple(local.address(), local.port(), remote.address(), remote.port());
            subflows.add(new Subflow(asked, 1, remoteId, SubflowState.CONNECTING, backup, ""));
        }
        return outcome;
    }

    @Override
    public Outcome destroy(Subflow subflow) {
        return give(new Command.DestroySubflow(token(), subflow.tuple()));
    }

    @Override
    public Outcome announce(IpAddress local) {
        return give(new Command.Announce(token(), new TransportAddress(local, 0), 1));
    }

    @Override
    public Outcome withdraw(IpAddress local) {
        return give(new Command.Withdraw(token(), local.equals(tuple.localAddress()) ? 0 : 1));
    }

    @Override
    public Outcome setBackup(Subflow subflow, boolean backup) {
        Outcome outcome = give(new Command.SetBackup(token(), subflow.tuple(), backup));
        if (outcome.isAccepted()) {
            subflows.replaceAll(each -> each.tuple().equals(subflow.tuple()) ? each.withBackup(backup) : each);
        }
        return outcome;
    }

    @Override
    public Optional<ConnectionInfo> info() {
        return Optional.of(figures.token(token())
                .tuple(tuple)
                .subflowCount(subflows.size())
                .build());
    }

    @Override
    public Optional<SubflowInfo> info(Subflow subflow) {
        boolean there = subflows.stream()
                .anyMatch(each ->
                        each.state() == SubflowState.ESTABLISHED && each.tuple().equals(subflow.tuple()));
        return there
                ? Optional.of(figures(subflow)
                        .token(token())
                        .tuple(subflow.tuple())
                        .localId(subflow.localId())
                        .remoteId(subflow.remoteId())
                        .build())
                : Optional.empty();
    }

    @Override
    public Timer sample(Duration interval, Consumer<List<SubflowInfo>> listener) {
        return new Series(interval, listener);
    }

    @Override
    public Timer after(Duration delay, Runnable action) {
        Call call = new Call(nowNanos + delay.toNanos(), action);
        calls.add(call);
        return call;
    }

    @Override
    public Connection because(String why) {
        reason = why;
        return this;
    }
}
