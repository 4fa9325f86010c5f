package org.smapp.core.pm;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.smapp.api.Command;
import org.smapp.api.Errno;
import org.smapp.api.FourTuple;
import org.smapp.api.IpAddress;
import org.smapp.api.Outcome;
import org.smapp.api.Token;
import org.smapp.api.event.Event;
import org.smapp.linux.Linux;
import org.smapp.linux.LinuxException;
import org.smapp.linux.NetlinkSocket;
import org.smapp.linux.NetworkNamespace;
import org.smapp.netlink.GenericFamily;
import org.smapp.netlink.GenericNetlink;
import org.smapp.netlink.MessageReader;
import org.smapp.netlink.MessageSink;
import org.smapp.netlink.MessageWriter;
import org.smapp.netlink.NetlinkError;
import org.smapp.netlink.NetlinkRequester;

/**
 * The two sockets to the kernel's path manager: one only receives events, the other only carries commands. They are apart
 * because the acknowledgement of a command is lost on a socket whose buffer overflowed.
 *
 * <p>For one thread.
 */
public final class PathManagerChannel implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(PathManagerChannel.class);
    private static final int DATAGRAM_BYTES = 64 * 1024;

    private final NetlinkSocket events;
    private final NetlinkRequester commands;
    private final CommandEncoder encoder;
    private final RequestEncoder queries;
    private final int receiveBufferBytes;
    private final EventDatagram messages;
    private final ByteBuffer datagram =
            ByteBuffer.allocateDirect(DATAGRAM_BYTES).order(ByteOrder.nativeOrder());

    private ByteBuffer rehearsed;
    private volatile long foreign;

    /** Hears what the event socket brings. */
    public interface Listener {
        /** An event came. */
        void received(Event event);

        /** A message could not be read; those after it are. */
        void malformed(String why);

        /** The kernel dropped events because the receive buffer was full. */
        void overrun();
    }

    private PathManagerChannel(
            NetlinkSocket events, NetlinkRequester commands, GenericFamily family, int receiveBufferBytes) {
        this.events = events;
        this.commands = commands;
        this.messages = new EventDatagram(family.id());
        this.encoder = new CommandEncoder(new MessageWriter(), family.id());
        this.queries = new RequestEncoder(new MessageWriter(), family.id());
        this.receiveBufferBytes = receiveBufferBytes;
    }

    /**
     * Opens the sockets and subscribes to the events.
     *
     * @param receiveBufferBytes how large the event socket's buffer should be; the kernel may allow less
     * @throws IOException with a sentence that says what is missing and what to do
     */
    public static PathManagerChannel open(Linux linux, NetworkNamespace namespace, int receiveBufferBytes)
            throws IOException {
        NetlinkRequester commands = NetlinkRequester.open(linux, namespace, NetlinkSocket.GENERIC);
        try {
            GenericFamily family = GenericNetlink.resolve(commands, Uapi.FAMILY);
            NetlinkSocket events = subscribe(linux, namespace, family.group(Uapi.EVENT_GROUP));
            return new PathManagerChannel(events, commands, family, events.receiveBuffer(receiveBufferBytes));
        } catch (IOException | RuntimeException e) {
            commands.close();
            throw e;
        }
    }

    private static NetlinkSocket subscribe(Linux linux, NetworkNamespace namespace, int group) throws IOException {
        NetlinkSocket socket = linux.openNetlink(namespace, NetlinkSocket.GENERIC);
        try {
            socket.join(group);
            return socket;
        } catch (LinuxException e) {
            socket.close();
            throw new IOException(
                    "The kernel does not let this process hear the path manager's events ("
                            + e.getMessage()
                            + "). Run it as root or with CAP_NET_ADMIN.",
                    e);
        }
    }

    /** Returns the socket to wait on. */
    public NetlinkSocket events() {
        return events;
    }

    /** Returns the size of the event socket's buffer in bytes. */
    public int receiveBufferBytes() {
        return receiveBufferBytes;
    }

    /**
     * Reads one datagram, if there is one.
     *
     * @return whether there may be more
     */
    public boolean receive(Listener listener) throws LinuxException {
        int length = events.receive(datagram);
        if (length == NetlinkSocket.NOTHING) {
            return false;
        }
        if (length == NetlinkSocket.OVERRUN) {
            listener.overrun();
            return true;
        }
        if (length == NetlinkSocket.FOREIGN) {
            foreign();
            return true;
        }
        messages.read(datagram, listener);
        return true;
    }

    private void foreign() {
        long count = foreign + 1; // this thread alone writes it
        foreign = count;
        if (Long.bitCount(count) == 1) {
            LOG.warn("Threw away {} message(s) that another process sent as if they were the kernel's events", count);
        }
    }

    /** Returns how many messages were thrown away because another process sent them. */
    public long foreignCount() {
        return foreign;
    }

    /** Carries out {@code command}, whose address id must have been chosen. */
    public Outcome execute(Command command) {
        try {
            int errno = commands.request(encoder.encode(command));
            if (errno == 0) {
                return Outcome.Accepted.ACCEPTED;
            }
            if (errno < 0) {
                return unknown(command, "its acknowledgement was lost");
            }
            NetlinkError error = commands.lastError();
            return new Outcome.Refused(
                    error.errno(),
                    error.text(),
                    error.offset(),
                    error.missingAttribute(),
                    RefusalSentence.of(command, error));
        } catch (IOException e) {
            return unknown(command, e.getMessage());
        }
    }

    /**
     * Returns whether the connection belongs to the user-space path manager. Asked by destroying a subflow that can't be:
     * the kernel looks for the connection and its path manager first, and then finds no such subflow (ESRCH).
     */
    public boolean isOurs(Token token) {
        IpAddress nowhere = IpAddress.v4(0);
        Command impossible = new Command.DestroySubflow(token, new FourTuple(nowhere, 1, nowhere, 1));
        return execute(impossible) instanceof Outcome.Refused refused && Errno.ESRCH.is(refused.errno());
    }

    /** Does what {@link #execute} does, short of giving the command to the kernel. */
    public Outcome rehearse(Command command) {
        encoder.encode(command).finish();
        return Outcome.Accepted.ACCEPTED;
    }

    /** Does what {@link #receive} does, with the events of a connection that does not exist: all of its life, token 0. */
    public void rehearse(Listener listener) {
        if (rehearsed == null) {
            rehearsed = MadeUpLife.datagram(messages.family());
        }
        messages.read(rehearsed, listener);
    }

    /**
     * Returns the addresses that the kernel keeps for a connection: those announced and those that subflows were asked for with.
     * Entries outlive subflows, so that this is not the list of subflows.
     *
     * @return the addresses, or nothing if the connection is gone or belongs to the in-kernel path manager
     * @throws LinuxException if the kernel can't be asked
     */
    public Optional<List<AddressFields>> addresses(Token token) throws LinuxException {
        List<AddressFields> found = new ArrayList<>();
        int outcome = commands.dump(
                queries.begin(Uapi.CMD_GET_ADDR).token(token.value()).end(), new MessageSink() {
                    @Override
                    public void begin() {
                        found.clear();
                    }

                    @Override
                    public void accept(MessageReader message) {
                        found.add(AnswerDecoder.address(message));
                    }
                });
        if (Errno.EINVAL.is(outcome)) {
            return Optional.empty();
        }
        if (outcome != 0 && outcome != NetlinkRequester.INTERRUPTED) {
            NetlinkError error = commands.lastError();
            throw new LinuxException("list the addresses of connection " + token, error.errno(), error.toString());
        }
        return Optional.of(found);
    }

    /**
     * Returns one of the addresses that the kernel keeps for a connection.
     *
     * @return the address, or nothing if the connection is gone or has none with this id
     * @throws LinuxException if the kernel can't be asked
     */
    public Optional<AddressFields> address(Token token, int id) throws LinuxException {
        List<AddressFields> found = new ArrayList<>(1);
        RequestEncoder request =
                queries.begin(Uapi.CMD_GET_ADDR).local(AddressFields.ofId(id)).token(token.value());
        int outcome = commands.request(request.end(), message -> found.add(AnswerDecoder.address(message)));
        if (outcome != 0 && !Errno.EINVAL.is(outcome)) {
            NetlinkError error = commands.lastError();
            throw new LinuxException("get address " + id + " of " + token, error.errno(), error.toString());
        }
        return found.stream().findFirst();
    }

    private static Outcome unknown(Command command, String why) {
        return new Outcome.NotSent("Nobody knows whether the kernel did " + command + ": " + why
                + ". The next comparison with the kernel will show it.");
    }

    @Override
    public void close() {
        events.close();
        commands.close();
    }
}
