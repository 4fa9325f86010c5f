package org.smapp.core.pm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.smapp.api.Command;
import org.smapp.api.Errno;
import org.smapp.api.FourTuple;
import org.smapp.api.IpAddress;
import org.smapp.api.Outcome;
import org.smapp.api.Side;
import org.smapp.api.Token;
import org.smapp.api.TransportAddress;
import org.smapp.api.event.ConnectionCreated;
import org.smapp.api.event.ConnectionEstablished;
import org.smapp.api.event.Event;
import org.smapp.linux.Linux;
import org.smapp.linux.LinuxException;
import org.smapp.linux.NativeLinux;
import org.smapp.linux.NetlinkSocket;
import org.smapp.linux.Poller;
import org.smapp.linux.TestNamespace;
import org.smapp.netlink.GenericNetlink;
import org.smapp.netlink.MessageWriter;
import org.smapp.netlink.NetlinkRequester;
import org.smapp.netlink.diag.MptcpPair;

/**
 * Every way in which the real kernel refuses, provoked, with what an operator reads then. Commands go the product's way; what
 * they can't get wrong, such as a missing attribute, is written by hand.
 */
@Timeout(60)
final class RefusalsOnKernelTest {

    private static final int HOST = 0x0a000101; // 10.0.1.1
    private static final int PORT = 5001;
    private static final Token UNKNOWN = new Token(1);

    private final Linux linux = NativeLinux.load();
    private final List<String> table = new ArrayList<>();

    private TestNamespace namespace;
    private PathManagerChannel channel;
    private NetlinkRequester raw;
    private RequestEncoder encoder;
    private MptcpPair pair;
    private Token token;
    private FourTuple tuple;

    @BeforeEach
    void connect() throws Exception {
        namespace = new TestNamespace();
        namespace.ip("link", "set", "lo", "up");
        for (String address : List.of("10.0.1.1", "10.0.2.1", "10.0.3.1")) {
            namespace.ip("address", "add", address + "/32", "dev", "lo");
        }
        pathManager("1");
        channel = PathManagerChannel.open(linux, namespace.file(), 1 << 20);
        raw = NetlinkRequester.open(linux, namespace.file(), NetlinkSocket.GENERIC);
        encoder = new RequestEncoder(
                new MessageWriter(), GenericNetlink.resolve(raw, Uapi.FAMILY).id());
        pair = linux.inside(namespace.file(), () -> new MptcpPair(HOST, PORT));
        pair.answer(100);
        await(event -> {
            if (event instanceof ConnectionEstablished established && established.side() == Side.CLIENT) {
                token = established.token();
                tuple = established.tuple();
            }
        });
    }

    private void pathManager(String type) throws Exception {
        linux.inside(namespace.file(), () -> Files.writeString(Path.of("/proc/sys/net/mptcp/pm_type"), type));
    }

    /** Hands events to {@code hear} until the client's end is established. */
    private void await(Consumer<Event> hear) throws LinuxException {
        try (Poller poller = linux.openPoller()) {
            poller.add(channel.events());
            PathManagerChannel.Listener listener = new PathManagerChannel.Listener() {
                @Override
                public void received(Event event) {
                    hear.accept(event);
                }

                @Override
                public void malformed(String why) {
                    throw new AssertionError(why);
                }

                @Override
                public void overrun() {
                    throw new AssertionError("overrun");
                }
            };
            while (token == null) {
                if (!channel.receive(listener)) {
                    poller.await(-1);
                }
            }
        }
    }

    @AfterEach
    void close() throws IOException {
        if (pair != null) {
            pair.close();
        }
        if (channel != null) {
            channel.close();
            raw.close();
        }
        if (namespace != null) {
            namespace.close();
        }
    }

    @Test
    void shouldListTheAddressesOfAConnection() throws LinuxException {
        assertEquals(Optional.of(List.of()), channel.addresses(token));
        accepted(new Command.Announce(token, at("10.0.2.1", 0), 10));
        AddressFields announced = AddressFields.of(IpAddress.parse("10.0.2.1"))
                .withId(10)
                .withPort(0)
                .withFlags(Uapi.ADDR_FLAG_SIGNAL);
        assertEquals(Optional.of(List.of(announced)), channel.addresses(token));
        assertEquals(Optional.of(announced), channel.address(token, 10));
        assertEquals(Optional.empty(), channel.address(token, 11));
        assertEquals(Optional.empty(), channel.addresses(UNKNOWN));
    }

    @Test
    void shouldSayWhatEachRefusalMeans() throws Exception {
        announceAndWithdraw();
        create();
        destroyAndSetBackup();
        tooEarlyOrElsewhere();
        malformed();
        foreign();
        table.forEach(System.out::println);
        assertTrue(table.size() >= 30, () -> "only " + table.size() + " refusals");
    }

    /** The client's end of a connection that has carried no data yet, and a connection of another namespace. */
    private void tooEarlyOrElsewhere() throws Exception {
        Token established = token;
        token = null;
        try (MptcpPair silent = linux.inside(namespace.file(), () -> new MptcpPair(HOST, PORT + 2))) {
            await(event -> {
                if (event instanceof ConnectionCreated created && created.side() == Side.CLIENT) {
                    token = created.token();
                }
            });
            TransportAddress remote = at("10.0.1.1", PORT + 2);
            refused(Errno.ENOTCONN, "first data", create(token, at("10.0.3.1", 0), 1, remote, 0));
            silent.answer(1);
        }
        token = established;
        PathManagerChannel here = channel;
        try (TestNamespace other = new TestNamespace();
                PathManagerChannel elsewhere = PathManagerChannel.open(linux, other.file(), 1 << 16)) {
            channel = elsewhere;
            refused(Errno.EINVAL, "is gone", new Command.Announce(token, at("10.0.2.1", 0), 10));
        } finally {
            channel = here;
        }
    }

    private void announceAndWithdraw() {
        refused(Errno.EINVAL, "is gone", new Command.Announce(UNKNOWN, at("10.0.2.1", 0), 1));
        accepted(new Command.Announce(token, at("10.0.2.1", 0), 10));
        refused(Errno.EINVAL, "another id than 11", new Command.Announce(token, at("10.0.2.1", 0), 11));
        refused(Errno.EINVAL, "another address", new Command.Announce(token, at("10.0.3.1", 0), 10));
        refused(Errno.EINVAL, "", new Command.Announce(token, at("10.0.3.1", 0), 0));
        refused(Errno.EINVAL, "no address with id 99", new Command.Withdraw(token, 99));
        refused(Errno.EINVAL, "is gone", new Command.Withdraw(UNKNOWN, 1));
    }

    private void create() {
        TransportAddress remote = at("10.0.1.1", PORT);
        refused(Errno.EINVAL, "is gone", create(UNKNOWN, at("10.0.2.1", 0), 10, remote, 0));
        refused(Errno.EADDRNOTAVAIL, "ip address", create(token, at("192.0.2.99", 0), 30, remote, 0));
        refused(Errno.EADDRINUSE, "leave the local port open", create(token, at("10.0.1.1", PORT), 31, remote, 0));
        refused(Errno.ENODEV, "ip link", create(token, at("10.0.3.1", 0), 32, remote, 9999));
        refused(Errno.ENETUNREACH, "ip route get", create(token, at("10.0.3.1", 0), 33, at("198.51.100.1", 80), 0));
        refused(Errno.EINVAL, "family", create(token, at("dead:beef::1", 0), 34, remote, 0));
        refused(Errno.EINVAL, "another id", create(token, at("10.0.2.1", 0), 35, remote, 0));
        accepted(create(token, at("10.0.2.1", 0), 10, remote, 0));
    }

    private void destroyAndSetBackup() {
        FourTuple wrong = new FourTuple(tuple.localAddress(), 4, tuple.remoteAddress(), PORT);
        FourTuple mixed = new FourTuple(IpAddress.parse("::1"), 4, tuple.remoteAddress(), PORT);
        refused(Errno.ESRCH, "no such subflow", new Command.DestroySubflow(token, wrong));
        refused(Errno.EINVAL, "is gone", new Command.DestroySubflow(UNKNOWN, tuple));
        refused(Errno.EINVAL, "family", new Command.DestroySubflow(token, mixed));
        FourTuple noPort = new FourTuple(tuple.localAddress(), 0, tuple.remoteAddress(), PORT);
        refused(Errno.EINVAL, "", new Command.DestroySubflow(token, noPort));
        refused(Errno.EINVAL, "no such subflow", new Command.SetBackup(token, wrong, true));
        refused(Errno.EINVAL, "is gone", new Command.SetBackup(UNKNOWN, tuple, true));
        accepted(new Command.SetBackup(token, tuple, true));
    }

    /** What no command of the product leaves out or gets wrong. */
    private void malformed() throws LinuxException {
        AddressFields local = AddressFields.of(IpAddress.parse("10.0.3.1"));
        AddressFields noFamily = AddressFields.ofId(7).withFlags(Uapi.ADDR_FLAG_SIGNAL);
        missing(Uapi.PM_ATTR_ADDR, "ANNOUNCE without ADDR", encoder.begin(Uapi.CMD_ANNOUNCE));
        missing(
                Uapi.PM_ATTR_TOKEN,
                "ANNOUNCE without TOKEN",
                encoder.begin(Uapi.CMD_ANNOUNCE).local(local));
        missing(Uapi.PM_ATTR_LOC_ID, "REMOVE without LOC_ID", begin(Uapi.CMD_REMOVE));
        missing(
                Uapi.PM_ATTR_TOKEN,
                "REMOVE without TOKEN",
                encoder.begin(Uapi.CMD_REMOVE).localId(1));
        for (int command : new int[] {Uapi.CMD_SUBFLOW_CREATE, Uapi.CMD_SUBFLOW_DESTROY, Uapi.CMD_SET_FLAGS}) {
            missing(Uapi.PM_ATTR_ADDR, "command " + command + " without ADDR", begin(command));
            missing(
                    Uapi.PM_ATTR_ADDR_REMOTE,
                    "command " + command + " without ADDR_REMOTE",
                    begin(command).local(local.withPort(1).withId(3)));
        }
        missing(Uapi.PM_ATTR_ADDR, "GET_ADDR without ADDR", begin(Uapi.CMD_GET_ADDR));
        raw(Errno.EINVAL, "ANNOUNCE without family", begin(Uapi.CMD_ANNOUNCE).local(noFamily));
        raw(Errno.EINVAL, "ANNOUNCE without flags", begin(Uapi.CMD_ANNOUNCE).local(local.withId(7)));
        raw(
                Errno.EINVAL,
                "ANNOUNCE with flag SUBFLOW",
                begin(Uapi.CMD_ANNOUNCE).local(local.withId(7).withFlags(Uapi.ADDR_FLAG_SUBFLOW)));
        raw(Errno.EINVAL, "GET_ADDR of an unknown id", begin(Uapi.CMD_GET_ADDR).local(AddressFields.ofId(99)));
        raw(Errno.EOPNOTSUPP, "command 12", begin(12));
        encoder.begin(Uapi.CMD_REMOVE).end().u16(Uapi.PM_ATTR_TOKEN, 1).u8(Uapi.PM_ATTR_LOC_ID, 1);
        raw(Errno.ERANGE, "REMOVE with a TOKEN of 2 bytes", encoder);
        assertEquals(
                Errno.EINVAL.number(),
                raw.dump(encoder.begin(Uapi.CMD_GET_ADDR).token(1).end(), message -> {}));
        row("dump of an unknown token", raw.lastError().toString(), "");
    }

    /** A connection that was made while the in-kernel path manager was selected. */
    private void foreign() throws Exception {
        pathManager("0");
        token = null;
        try (MptcpPair kernels = linux.inside(namespace.file(), () -> new MptcpPair(HOST, PORT + 1))) {
            kernels.answer(100);
            await(event -> {
                if (event instanceof ConnectionEstablished established) {
                    token = established.token();
                }
            });
            refused(Errno.EINVAL, "belongs to the in-kernel", new Command.Announce(token, at("10.0.3.1", 0), 1));
            refused(Errno.EINVAL, "belongs to the in-kernel", new Command.Withdraw(token, 1));
            refused(
                    Errno.EINVAL,
                    "belongs to the in-kernel",
                    create(token, at("10.0.3.1", 0), 1, at("10.0.1.1", PORT + 1), 0));
        }
    }

    private RequestEncoder begin(int command) {
        return encoder.begin(command).token(token.value());
    }

    private static Command create(Token of, TransportAddress local, int id, TransportAddress remote, int index) {
        return new Command.CreateSubflow(of, local, id, remote, false, index);
    }

    private static TransportAddress at(String address, int port) {
        return new TransportAddress(IpAddress.parse(address), port);
    }

    private void accepted(Command command) {
        Outcome outcome = channel.execute(command);
        assertTrue(outcome.isAccepted(), outcome::sentence);
    }

    private void refused(Errno errno, String advice, Command command) {
        Outcome outcome = channel.execute(command);
        assertTrue(outcome instanceof Outcome.Refused, () -> command + ": " + outcome);
        assertEquals(errno.number(), ((Outcome.Refused) outcome).errno(), outcome.sentence());
        assertTrue(outcome.sentence().contains(advice), outcome.sentence());
        row(command.toString(), errno.name(), outcome.sentence());
    }

    private void missing(int attribute, String what, RequestEncoder request) throws LinuxException {
        raw(Errno.EINVAL, what, request);
        assertEquals(attribute, raw.lastError().missingAttribute(), what);
    }

    private void raw(Errno errno, String what, RequestEncoder request) throws LinuxException {
        assertEquals(errno.number(), raw.request(request.end()), what);
        String sentence = RefusalSentence.of(new Command.Withdraw(token, 1), raw.lastError());
        row(what, raw.lastError().toString(), sentence.substring(sentence.indexOf(": ") + 2));
    }

    private void row(String what, String errno, String sentence) {
        table.add(String.format("%-62s | %-13s | %s", what, errno, sentence));
    }
}
