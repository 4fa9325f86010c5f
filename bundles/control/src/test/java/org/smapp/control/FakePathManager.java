package org.smapp.control;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.smapp.api.Command;
import org.smapp.api.ConnectionSnapshot;
import org.smapp.api.ConnectionState;
import org.smapp.api.ControllerSnapshot;
import org.smapp.api.FourTuple;
import org.smapp.api.Health;
import org.smapp.api.HostAddress;
import org.smapp.api.IpAddress;
import org.smapp.api.LocalAddress;
import org.smapp.api.Outcome;
import org.smapp.api.PathManager;
import org.smapp.api.PathManagerType;
import org.smapp.api.PathTrouble;
import org.smapp.api.RemoteAddress;
import org.smapp.api.Side;
import org.smapp.api.Subflow;
import org.smapp.api.SubflowState;
import org.smapp.api.Token;
import org.smapp.api.TransportAddress;
import org.smapp.api.event.ConnectionClosed;
import org.smapp.api.event.EventsLost;
import org.smapp.api.event.JournalEntry;

/** A path manager with two connections that remembers what it was asked to do. */
final class FakePathManager implements PathManager {

    static final Token TOKEN = new Token(0xfbdb7365);
    static final Token OTHER = new Token(0x0000beef);
    static final FourTuple FIRST = tuple("10.0.1.1", 40000, "10.0.9.2", 80);
    static final FourTuple SECOND = tuple("10.0.2.1", 40001, "10.0.9.2", 80);

    final List<Command> commands = Collections.synchronizedList(new ArrayList<>());
    final List<String> reasons = Collections.synchronizedList(new ArrayList<>());
    volatile CompletableFuture<Outcome> outcome = CompletableFuture.completedFuture(Outcome.Accepted.ACCEPTED);
    volatile List<ConnectionSnapshot> connections = List.of(connection(TOKEN), connection(OTHER));

    static FourTuple tuple(String local, int localPort, String remote, int remotePort) {
        return new FourTuple(IpAddress.parse(local), localPort, IpAddress.parse(remote), remotePort);
    }

    static ConnectionSnapshot connection(Token token) {
        return new ConnectionSnapshot(
                token,
                Side.CLIENT,
                ConnectionState.ESTABLISHED,
                "fullmesh",
                "",
                FIRST,
                false,
                true,
                false,
                List.of(
                        new Subflow(FIRST, 0, 0, SubflowState.ESTABLISHED, false, "wan0"),
                        new Subflow(SECOND, 1, 0, SubflowState.CONNECTING, true, "wan1")),
                List.of(new RemoteAddress(0, new TransportAddress(FIRST.remoteAddress(), 80))),
                PathManagerType.USER_SPACE,
                Instant.parse("2026-01-02T03:04:05Z"));
    }

    @Override
    public List<ConnectionSnapshot> connections() {
        return connections;
    }

    @Override
    public List<ControllerSnapshot> controllers() {
        return List.of(new ControllerSnapshot("fullmesh", "1.0.0", "org.smapp.controller.fullmesh", 2, ""));
    }

    @Override
    public List<LocalAddress> localAddresses() {
        return List.of(new LocalAddress(IpAddress.parse("10.0.2.1"), 24, 7, "wan1"));
    }

    @Override
    public List<HostAddress> hostAddresses() {
        LocalAddress unused = new LocalAddress(IpAddress.parse("10.0.3.1"), 24, 8, "wan2");
        return List.of(
                new HostAddress(localAddresses().get(0), ""), new HostAddress(unused, "interface wan2 has no carrier"));
    }

    @Override
    public List<PathTrouble> pathTroubles() {
        return List.of(
                new PathTrouble(SECOND.fromAnyPort(), "no answer so far", 2, Instant.parse("2026-01-02T03:04:05Z")));
    }

    @Override
    public List<JournalEntry> journal() {
        Instant time = Instant.parse("2026-01-02T03:04:05.678Z");
        return List.of(
                new JournalEntry(time, new EventsLost("kernel", -1)),
                new JournalEntry(time, new ConnectionClosed(OTHER)));
    }

    @Override
    public Health health() {
        Instant since = Instant.parse("2026-01-02T03:04:05Z");
        return new Health(
                "/proc/self/ns/net",
                since,
                null,
                1,
                2,
                3,
                1,
                12,
                4,
                5,
                6,
                7,
                8,
                9,
                10,
                List.of(),
                List.of(),
                0,
                0,
                "polling",
                "Because.",
                List.of());
    }

    @Override
    public CompletionStage<Outcome> submit(Command command, String reason) {
        commands.add(command);
        reasons.add(reason);
        return outcome;
    }
}
