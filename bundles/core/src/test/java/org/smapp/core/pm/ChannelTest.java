package org.smapp.core.pm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.smapp.api.Command;
import org.smapp.api.FourTuple;
import org.smapp.api.IpAddress;
import org.smapp.api.Outcome;
import org.smapp.api.Side;
import org.smapp.api.Token;
import org.smapp.api.event.ConnectionClosed;
import org.smapp.api.event.ConnectionCreated;
import org.smapp.api.event.ConnectionEstablished;
import org.smapp.api.event.Event;
import org.smapp.api.event.SubflowClosed;
import org.smapp.api.event.SubflowEstablished;
import org.smapp.core.family.upstream.UpstreamFamily;
import org.smapp.linux.LinuxException;
import org.smapp.linux.NetlinkSocket;
import org.smapp.linux.NetworkNamespace;
import org.smapp.netlink.MessageWriter;
import org.smapp.netlink.NetlinkRequester;
import org.smapp.testkit.kernel.FakeKernel;
import org.smapp.testkit.kernel.KernelConnection;

/** Bytes in, bytes out, on a kernel in memory. */
final class ChannelTest {

    private static final NetworkNamespace HERE = NetworkNamespace.current();
    private static final FourTuple ENDS =
            new FourTuple(IpAddress.parse("127.0.0.1"), 4000, IpAddress.parse("198.51.100.1"), 443);

    private final FakeKernel kernel = new FakeKernel();
    private final List<Event> events = new ArrayList<>();
    private final List<String> malformed = new ArrayList<>();
    private int overruns;
    private PathManagerChannel channel;

    private final EventSource.Listener listener = new EventSource.Listener() {
        @Override
        public void received(Event event) {
            events.add(event);
        }

        @Override
        public void malformed(String why) {
            malformed.add(why);
        }

        @Override
        public void overrun() {
            overruns++;
        }
    };

    @BeforeEach
    void open() throws IOException {
        channel = PathManagerChannel.open(kernel, HERE, 1 << 16);
    }

    @AfterEach
    void close() {
        channel.close();
    }

    @Test
    void shouldTellEveryEventOnce() throws LinuxException {
        assertFalse(channel.events().receive(listener), "nothing came yet");
        KernelConnection connection = kernel.connect(Side.CLIENT, ENDS);
        connection.establish();
        assertTrue(channel.events().receive(listener));
        assertTrue(channel.events().receive(listener));
        assertFalse(channel.events().receive(listener));
        assertEquals(
                List.of(
                        new ConnectionCreated(connection.token(), Side.CLIENT, ENDS, false),
                        new ConnectionEstablished(connection.token(), Side.CLIENT, ENDS, false)),
                events);
        assertEquals(List.of(), malformed);
    }

    @Test
    void shouldTellThatTheKernelDroppedEvents() throws IOException {
        try (PathManagerChannel small = PathManagerChannel.open(kernel, HERE, 1)) {
            for (int i = 0; i < 20; i++) {
                kernel.connect(Side.CLIENT, ENDS);
            }
            while (small.events().receive(listener)) {
                // until nothing is left
            }
            assertEquals(1, overruns);
            assertTrue(!events.isEmpty() && events.size() < 20, events::toString);
            assertEquals(2304, small.events().receiveBufferBytes());
        }
        assertEquals(1 << 17, channel.events().receiveBufferBytes());
    }

    @Test
    void shouldRehearseALife() {
        channel.events().rehearse(listener);
        channel.events().rehearse(listener);
        assertEquals(10, events.size());
        assertEquals(events.subList(0, 5), events.subList(5, 10));
        Token token = new Token(0);
        FourTuple first = new FourTuple(IpAddress.parse("192.0.2.1"), 40_000, IpAddress.parse("198.51.100.1"), 443);
        FourTuple second = new FourTuple(IpAddress.parse("192.0.2.2"), 40_001, IpAddress.parse("198.51.100.1"), 443);
        assertEquals(new ConnectionCreated(token, Side.CLIENT, first, false), events.get(0));
        assertEquals(new ConnectionEstablished(token, Side.CLIENT, first, false), events.get(1));
        assertEquals(new SubflowEstablished(token, second, 1, 0, false, 0), events.get(2));
        assertEquals(
                second, assertInstanceOf(SubflowClosed.class, events.get(3)).tuple());
        assertEquals(new ConnectionClosed(token), events.get(4));
    }

    @Test
    void shouldGiveNothingToTheKernelInARehearsal() {
        KernelConnection connection = kernel.connect(Side.CLIENT, ENDS);
        Command destroy = new Command.DestroySubflow(connection.token(), ENDS);
        assertSame(Outcome.Accepted.ACCEPTED, channel.commands().rehearse(destroy));
        assertEquals(1, connection.subflows().size());
        assertSame(Outcome.Accepted.ACCEPTED, channel.commands().execute(destroy));
        assertEquals(0, connection.subflows().size());
    }

    @Test
    void shouldSayWhatBecameOfACommand() throws LinuxException {
        Outcome.Refused refused = assertInstanceOf(
                Outcome.Refused.class, channel.commands().execute(new Command.Withdraw(new Token(1), 3)));
        assertTrue(refused.sentence().contains("is gone"), refused::sentence);
        assertFalse(channel.queries().isOurs(new Token(1)));
        assertTrue(channel.queries().isOurs(kernel.connect(Side.CLIENT, ENDS).token()));

        channel.close();
        Outcome lost = channel.commands().execute(new Command.Withdraw(new Token(1), 3));
        assertTrue(
                assertInstanceOf(Outcome.NotSent.class, lost).sentence().startsWith("Nobody knows whether"),
                lost::sentence);
    }

    @Test
    void shouldTellWhatCanNotBeRead() {
        EventDatagram messages = new EventDatagram(new UpstreamFamily().decoder(), 28);
        MessageWriter writer = new MessageWriter();
        writer.begin(28, 0, 0).genl(3, 1); // CLOSED without a token
        writer.beginAnother(29, 0, 0, 0).genl(3, 1); // another family's
        writer.beginAnother(28, 0, 0, 0).genl(99, 1); // of a newer kernel
        writer.beginAnother(28, 0, 0, 0).genl(3, 1).u32(1, 7);
        messages.read(writer.finish(), listener);
        assertEquals(List.of(new ConnectionClosed(new Token(7))), events);
        assertEquals(List.of("event 3: TOKEN is missing"), malformed);

        ByteBuffer cut = writer.begin(28, 0, 0).genl(3, 1).u32(1, 8).finish();
        cut.limit(cut.limit() - 4);
        messages.read(cut, listener);
        assertEquals(1, events.size());
        assertEquals("a datagram of 24 bytes ends in the middle of a message", malformed.get(1));
    }

    @Test
    void shouldNeedTheCapabilityToHear() {
        kernel.privileged(false);
        String why = assertThrows(IOException.class, () -> PathManagerChannel.open(kernel, HERE, 1))
                .getMessage();
        assertTrue(why.contains("CAP_NET_ADMIN"), why);
    }

    @Test
    void shouldFindOutWhichFamilyTheKernelSpeaks() throws LinuxException {
        try (NetlinkRequester requester = NetlinkRequester.open(kernel, HERE, NetlinkSocket.GENERIC)) {
            SpokenFamily spoken = SpokenFamily.of(requester);
            assertEquals("mptcp_pm", spoken.family().name());
            assertEquals(28, spoken.number());
            assertEquals(9, spoken.eventGroup());
        }
        assertEquals("mptcp_pm", SpokenFamily.orFirst(kernel, HERE).name());
    }
}
