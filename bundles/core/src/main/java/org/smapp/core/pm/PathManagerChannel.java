package org.smapp.core.pm;

import java.io.IOException;
import org.smapp.core.family.KernelFamily;
import org.smapp.linux.Linux;
import org.smapp.linux.NetlinkSocket;
import org.smapp.linux.NetworkNamespace;
import org.smapp.netlink.NetlinkRequester;

/**
 * The two sockets to the kernel's path manager: one only receives events, the other carries commands and queries. They are
 * apart because the acknowledgement of a command is lost on a socket whose buffer overflowed.
 *
 * <p>For one thread.
 */
public final class PathManagerChannel implements AutoCloseable {

    private final NetlinkRequester requester;
    private final EventSource events;
    private final CommandSink commands;
    private final KernelFamily.Queries queries;

    private PathManagerChannel(
            NetlinkRequester requester, EventSource events, CommandSink commands, KernelFamily.Queries queries) {
        this.requester = requester;
        this.events = events;
        this.commands = commands;
        this.queries = queries;
    }

    /**
     * Finds out which family the kernel speaks, opens the sockets and subscribes to the events.
     *
     * @param receiveBufferBytes how large the event socket's buffer should be; the kernel may allow less
     * @throws IOException with a sentence that says what is missing and what to do
     */
    public static PathManagerChannel open(Linux linux, NetworkNamespace namespace, int receiveBufferBytes)
            throws IOException {
        NetlinkRequester requester = NetlinkRequester.open(linux, namespace, NetlinkSocket.GENERIC);
        try {
            SpokenFamily spoken = SpokenFamily.of(requester);
            KernelFamily family = spoken.family();
            CommandSink commands = new CommandSink(requester, family.encoder(spoken.number()));
            KernelFamily.Queries queries = family.queries(requester, spoken.number());
            EventSource events = EventSource.open(linux, namespace, spoken, receiveBufferBytes);
            return new PathManagerChannel(requester, events, commands, queries);
        } catch (IOException | RuntimeException e) {
            requester.close();
            throw e;
        }
    }

    public EventSource events() {
        return events;
    }

    public CommandSink commands() {
        return commands;
    }

    public KernelFamily.Queries queries() {
        return queries;
    }

    @Override
    public void close() {
        events.close();
        requester.close();
    }
}
