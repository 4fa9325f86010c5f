package org.smapp.testkit.controller;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import org.osgi.util.converter.Converters;
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
import org.smapp.api.measure.ConnectionInfo;
import org.smapp.api.measure.SubflowInfo;
import org.smapp.api.measure.TcpState;

/** What a controller sees of a {@link FakeConnection}, and what becomes of its commands. For one thread. */
abstract class GivenConnection implements Connection {

    static final int FIRST_PORT = 40_000;

    final Side side;
    final FourTuple tuple;
    final List<Subflow> subflows = new ArrayList<>();
    final List<RemoteAddress> remotes = new ArrayList<>();
    final List<LocalAddress> locals = new ArrayList<>();
    final Map<String, Object> settings = new HashMap<>();
    final List<Command> given = new ArrayList<>();
    final List<String> reasons = new ArrayList<>();
    final ManualTime time = new ManualTime();
    private final ConnectionInfoBuilder figures =
            ConnectionInfoBuilder.builder().state(TcpState.ESTABLISHED);
    private final Map<FourTuple, SubflowInfoBuilder> subflowFigures = new HashMap<>();
    Function<Command, Outcome> answer = command -> Outcome.Accepted.ACCEPTED;
    boolean established;
    int nextPort = FIRST_PORT + 1;
    private String reason = "";

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

    GivenConnection(Side side, FourTuple tuple) {
        this.side = side;
        this.tuple = tuple;
        subflows.add(new Subflow(tuple, 0, 0, SubflowState.ESTABLISHED, false, ""));
        if (side == Side.CLIENT) {
            remotes.add(new RemoteAddress(0, tuple.remote()));
        }
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

    /** Returns the ends that a subflow which is connecting will have. */
    FourTuple ends(Subflow asked) {
        FourTuple tuple = asked.tuple();
        return new FourTuple(tuple.localAddress(), nextPort, tuple.remoteAddress(), tuple.remotePort());
    }

    private Outcome give(Command command) {
        given.add(command);
        reasons.add(reason);
        return answer.apply(command);
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
    public <S> S settings(Class<S> type) {
        return Converters.standardConverter().convert(settings).to(type);
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
        return time.after(delay, action);
    }

    @Override
    public Connection because(String why) {
        reason = why;
        return this;
    }
}
