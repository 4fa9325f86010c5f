package org.smapp.core.family.upstream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;
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
import org.smapp.core.pm.EventSource;
import org.smapp.core.pm.PathManagerChannel;
import org.smapp.core.pm.SpokenFamily;
import org.smapp.linux.LinuxException;
import org.smapp.linux.NetlinkSocket;
import org.smapp.linux.Poller;
import org.smapp.netlink.MessageSink;
import org.smapp.netlink.MessageWriter;
import org.smapp.netlink.NetlinkRequester;

/**
 * What the tests of the path manager's interface share: an established connection, and words for what the kernel should say to
 * a command. Each runs on the real kernel, so that it is true, and on the fake one, so that that is proven. With the real
 * one, every refusal is printed with the sentence that an operator reads.
 */
@ParameterizedClass
@MethodSource("org.smapp.core.family.upstream.KernelUnderTest#kinds")
@Timeout(60)
abstract class KernelContract {

    static final int PORT = 5001;
    static final Token UNKNOWN = new Token(1);

    /** A refusal is not about any byte of the request. */
    static final int NOWHERE = -1;

    @Parameter
    KernelUnderTest.Kind kind;

    KernelUnderTest kernel;
    PathManagerChannel channel;
    Token token;
    FourTuple tuple;

    private final List<Event> unread = new ArrayList<>();
    private final List<Closeable> connections = new ArrayList<>();
    private int overruns;

    @BeforeEach
    void connect() throws Exception {
        kernel = kind.open();
        channel = open(1 << 20);
        connections.add(kernel.connect(PORT, true));
        ConnectionEstablished established = await(ConnectionEstablished.class, each -> each.side() == Side.CLIENT);
        token = established.token();
        tuple = established.tuple();
    }

    PathManagerChannel open(int receiveBufferBytes) throws IOException {
        return PathManagerChannel.open(kernel.linux(), kernel.namespace(), receiveBufferBytes);
    }

    @AfterEach
    void close() throws Exception {
        closeConnections();
        if (channel != null) {
            channel.close();
        }
        if (kernel != null) {
            kernel.close();
        }
    }

    void closeConnections() throws IOException {
        for (Closeable each : connections) {
            each.close();
        }
        connections.clear();
    }

    /** Returns the first unread event of a type that {@code wanted} accepts, as soon as there is one. */
    <E extends Event> E await(Class<E> type, Predicate<E> wanted) throws LinuxException {
        try (Poller poller = kernel.linux().openPoller()) {
            poller.add(channel.events().socket());
            while (true) {
                for (Event each : readAll(channel)) {
                    if (type.isInstance(each) && wanted.test(type.cast(each))) {
                        unread.remove(each);
                        return type.cast(each);
                    }
                }
                poller.await(-1);
            }
        }
    }

    /** Connects once more and returns the client's end, which has heard of {@code data} or not. */
    Token connect(int port, boolean data) throws Exception {
        connections.add(kernel.connect(port, data));
        return await(
                        ConnectionCreated.class,
                        each -> each.side() == Side.CLIENT && !each.token().equals(token))
                .token();
    }

    /** Reads what there is and returns all that {@link #await} has not taken. */
    List<Event> readAll(PathManagerChannel from) throws LinuxException {
        EventSource.Listener listener = new EventSource.Listener() {
            @Override
            public void received(Event event) {
                unread.add(event);
            }

            @Override
            public void malformed(String why) {
                throw new AssertionError(why);
            }

            @Override
            public void overrun() {
                overruns++;
            }
        };
        while (from.events().receive(listener)) {
            // until nothing is left
        }
        return List.copyOf(unread);
    }

    int overruns() {
        return overruns;
    }

    static TransportAddress at(String address, int port) {
        return new TransportAddress(IpAddress.parse(address), port);
    }

    /** Returns the addresses that the kernel keeps for a connection; nothing if it is gone or not the user space's. */
    Optional<List<AddressFields>> addresses(Token of) throws LinuxException {
        return ask(request -> request.getAddress().token(of.value()), true);
    }

    /** Returns one of these addresses. */
    Optional<AddressFields> address(Token of, int id) throws LinuxException {
        return ask(request -> request.getAddress().local(AddressFields.ofId(id)).token(of.value()), false)
                .flatMap(found -> found.stream().findFirst());
    }

    private Optional<List<AddressFields>> ask(UnaryOperator<RequestEncoder> question, boolean all)
            throws LinuxException {
        try (NetlinkRequester requester =
                NetlinkRequester.open(kernel.linux(), kernel.namespace(), NetlinkSocket.GENERIC)) {
            int number = SpokenFamily.of(requester).number();
            MessageWriter request = question.apply(new RequestEncoder(new MessageWriter(), number))
                    .end();
            List<AddressFields> found = new ArrayList<>();
            MessageSink sink = message -> found.add(AnswerDecoder.address(message));
            int outcome = all ? requester.dump(request, sink) : requester.request(request, sink);
            assertTrue(
                    outcome == 0 || Errno.EINVAL.is(outcome),
                    () -> requester.lastError().toString());
            return outcome == 0 ? Optional.of(found) : Optional.empty();
        }
    }

    void accepted(Command command) {
        Outcome outcome = channel.commands().execute(command);
        assertTrue(outcome.isAccepted(), outcome::sentence);
    }

    /**
     * Checks that the kernel refuses, how it explains it, and what the sentence for the operator advises.
     *
     * @param text the kernel's words
     * @param offset the byte of the request that it is about, or {@link #NOWHERE}
     */
    void refused(Errno errno, String text, int offset, String advice, Command command) {
        Outcome.Refused refused =
                assertInstanceOf(Outcome.Refused.class, channel.commands().execute(command), command::toString);
        assertEquals(errno.number(), refused.errno(), refused.sentence());
        assertTrue(refused.sentence().contains(advice), refused.sentence());
        if (kernel.speaksLinux618()) {
            assertEquals(text, refused.kernelText(), refused.sentence());
            assertEquals(offset, refused.offset(), refused.sentence());
        }
        assertEquals(NOWHERE, refused.missingAttribute(), refused.sentence());
        row(command.toString(), errno.name(), refused.sentence());
    }

    void row(String what, String errno, String sentence) {
        if (kind == KernelUnderTest.Kind.REAL) {
            System.out.printf("%-62s | %-13s | %s%n", what, errno, sentence);
        }
    }
}
