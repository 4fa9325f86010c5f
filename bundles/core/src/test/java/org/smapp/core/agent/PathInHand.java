package org.smapp.core.agent;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.smapp.api.Command;
import org.smapp.api.FourTuple;
import org.smapp.api.IpAddress;
import org.smapp.api.LocalAddress;
import org.smapp.api.Outcome;
import org.smapp.api.Side;
import org.smapp.api.Token;
import org.smapp.api.event.ConnectionCreated;
import org.smapp.api.event.ConnectionEstablished;
import org.smapp.api.event.Event;
import org.smapp.core.measure.Figures;
import org.smapp.core.publish.HandedOver;
import org.smapp.core.publish.Outbox;
import org.smapp.core.publish.PublishQueue;
import org.smapp.core.publish.Published;
import org.smapp.core.rule.Conditions;
import org.smapp.core.rule.Rule;
import org.smapp.linux.LinuxException;
import org.smapp.linux.NetlinkSocket;
import org.smapp.linux.NetworkNamespace;
import org.smapp.netlink.NetlinkRequester;
import org.smapp.netlink.diag.SocketTable;
import org.smapp.netlink.route.AddressMessage;
import org.smapp.netlink.route.AddressPrefix;
import org.smapp.netlink.route.DefaultRoute;
import org.smapp.netlink.route.LinkMessage;
import org.smapp.testkit.kernel.FakeKernel;

/** The way from an event to a command, with everything around it in a test's hand: no kernel, no thread, no time that passes. */
final class PathInHand {

    static final IpAddress LOCAL = IpAddress.parse("192.0.2.1");
    static final IpAddress SECOND = IpAddress.parse("198.51.100.1");
    static final IpAddress PEER = IpAddress.parse("203.0.113.1");
    static final FourTuple ENDS = new FourTuple(LOCAL, 40_001, PEER, 443);
    static final Duration GRACE = Duration.ofSeconds(10);
    static final int COMMANDS_PER_SECOND = 5;

    final ManualClock clock = new ManualClock();
    final FakeKernel kernel = new FakeKernel();
    final FakeMeasurements measurements = new FakeMeasurements();
    final LocalAddresses locals = new LocalAddresses(AddressFilter.DEFAULT);
    final DesiredState desired = new DesiredState();
    final Deque<Message> messages = new ArrayDeque<>();
    final List<Command> commands = new ArrayList<>();
    final List<String> failures = new ArrayList<>();
    final List<Throwable> causes = new ArrayList<>();
    final ReactionPath path;
    Outcome answer = Outcome.Accepted.ACCEPTED;
    boolean inboxFull;
    boolean selected = true;
    final Set<Token> inKernel = new HashSet<>();

    private final PublishQueue queue = new PublishQueue(10_000);
    private final Outbox outbox = new Outbox(queue, clock::epochMs);
    private Desired applied = Desired.NOTHING;

    PathInHand() {
        Surroundings around = new Surroundings(
                measurements,
                new AgentSettings(1 << 16, GRACE.toMillis(), 0, 50, 1_000, COMMANDS_PER_SECOND, AddressFilter.DEFAULT),
                desired,
                outbox,
                clock,
                token -> null,
                this::failed,
                () -> selected);
        path = ReactionPath.wire(
                around,
                this::carryOut,
                locals,
                new Figures(sockets(kernel)),
                this::take,
                token -> !inKernel.contains(token));
        addresses(LOCAL, SECOND);
        published();
    }

    static SocketTable sockets(FakeKernel kernel) {
        try {
            return new SocketTable(NetlinkRequester.open(kernel, NetworkNamespace.current(), NetlinkSocket.SOCK_DIAG));
        } catch (LinuxException e) {
            throw new IllegalStateException(e);
        }
    }

    private void failed(InstalledController controller, String why, ControllerFailure cause) {
        desired.change(now -> now.withQuarantined(controller, why));
        failures.add(controller + " " + why);
        causes.add(cause);
    }

    private Outcome carryOut(Command command) {
        commands.add(command);
        return answer;
    }

    private boolean take(Message message) {
        return !inboxFull && messages.add(message);
    }

    /** Says which addresses this host has, each on an interface of its own: wan1, wan2 ... */
    void addresses(IpAddress... addresses) {
        List<LinkMessage> links = new ArrayList<>();
        List<AddressMessage> all = new ArrayList<>();
        for (IpAddress each : addresses) {
            int index = each.equals(LOCAL) ? 1 : 2;
            links.add(new LinkMessage(false, index, "wan" + index, LinkMessage.IFF_UP, LinkMessage.STATE_UP, true));
            all.add(new AddressMessage(
                    false,
                    index,
                    each.v6(),
                    each.high(),
                    each.low(),
                    new AddressPrefix(each.v6(), each.high(), each.low(), 24).first(),
                    AddressMessage.SCOPE_UNIVERSE,
                    0));
        }
        List<DefaultRoute> ways = links.stream()
                .map(each -> new DefaultRoute(
                        false,
                        false,
                        DefaultRoute.MAIN_TABLE,
                        DefaultRoute.UNICAST,
                        AddressPrefix.any(false),
                        List.of(each.index()),
                        each.index()))
                .toList();
        locals.replaceAll(links, all, new DefaultRoutes(ways, List.of()), "the test says so")
                .forEach(path.flow()::local);
    }

    static LocalAddress address(IpAddress address) {
        int index = address.equals(LOCAL) ? 1 : 2;
        return new LocalAddress(address, 24, index, "wan" + index);
    }

    /** Changes what is to be, and has the agent follow. */
    void desire(UnaryOperator<Desired> change) {
        Desired next = desired.change(change);
        path.assignments().apply(next, next.changesSince(applied));
        applied = next;
    }

    /** Rules that hold for every connection, the first one first. */
    void rules(String... controllers) {
        List<Rule> rules = new ArrayList<>();
        for (String each : controllers) {
            rules.add(new Rule("to-" + each, controllers.length - rules.size(), Conditions.ANY, each));
        }
        desire(now -> now.withRules(rules));
    }

    void come(ScriptedController... controllers) {
        for (ScriptedController each : controllers) {
            desire(now -> now.with(each.installed()));
        }
    }

    void go(ScriptedController controller) {
        desire(now -> now.without(controller.installed()));
    }

    void event(Event event) {
        path.flow().received(event);
    }

    /** Lets a connection begin, of which this host is the client. */
    TrackedConnection created(int token) {
        event(new ConnectionCreated(new Token(token), Side.CLIENT, ends(token), false));
        return row(token);
    }

    TrackedConnection established(int token) {
        TrackedConnection row = created(token);
        event(new ConnectionEstablished(row.token, row.side, row.tuple, false));
        return row;
    }

    static FourTuple ends(int token) {
        return new FourTuple(LOCAL, 40_000 + token, PEER, 443);
    }

    TrackedConnection row(int token) {
        return path.table().get(new Token(token));
    }

    /** Lets time pass, and what is due then happen. */
    void pass(Duration time) {
        clock.advance(time);
        while (!messages.isEmpty()) {
            messages.remove().run();
        }
        path.timers().fire(path.flow());
        settleDoubts();
    }

    void settleDoubts() {
        path.doubts().settle(path.table(), path.assignments(), path.snapshots());
    }

    /** Returns what was published since the last call. */
    List<Published> publishedAll() {
        outbox.flush();
        return HandedOver.takeAll(queue);
    }

    List<Event> published() {
        return publishedAll().stream().map(Published::event).toList();
    }

    <T extends Event> List<T> published(Class<T> type) {
        return published().stream().filter(type::isInstance).map(type::cast).toList();
    }
}
