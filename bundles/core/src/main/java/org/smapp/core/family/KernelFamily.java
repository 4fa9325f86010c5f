package org.smapp.core.family;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.Set;
import org.smapp.api.Command;
import org.smapp.api.EndpointAdmin;
import org.smapp.api.Token;
import org.smapp.api.event.Event;
import org.smapp.core.memory.ChangedSettings;
import org.smapp.linux.Linux;
import org.smapp.linux.LinuxException;
import org.smapp.linux.NetworkNamespace;
import org.smapp.netlink.MessageReader;
import org.smapp.netlink.MessageWriter;
import org.smapp.netlink.NetlinkError;
import org.smapp.netlink.NetlinkRequester;

/**
 * One way in which a kernel lets user space manage paths: a family of generic netlink with its events, commands and settings.
 * All that differs between kernels is behind this, in one package for each family; the rest of SMAPP knows events, commands and
 * {@link #lacks}.
 *
 * <p>Stateless. The number that {@link #encoder}, {@link #queries} and {@link #madeUpLife} get is the one that the running
 * kernel gave the family: the type of its messages.
 */
public interface KernelFamily {

    /** Returns its name in generic netlink. */
    String name();

    /** Returns the multicast group that brings its events. */
    String eventGroup();

    /** Returns what its kernels can't do or don't tell. */
    Set<Lack> lacks();

    /** Returns what reads its events, for one thread. */
    Decoder decoder();

    /** Returns what writes its commands, for one thread. */
    Encoder encoder(int number);

    /** Returns what asks for more than events tell. {@code requester} stays the caller's. */
    Queries queries(NetlinkRequester requester, int number);

    /** Returns the setting that makes new connections of a namespace SMAPP's; {@code changed} remembers what it was. */
    Selection selection(Linux linux, NetworkNamespace namespace, ChangedSettings changed);

    /**
     * Opens the endpoints of the in-kernel path manager; none where the family has no commands for them.
     *
     * @throws IOException with a sentence that says what is missing
     */
    Optional<Endpoints> endpoints(Linux linux, NetworkNamespace namespace) throws IOException;

    /**
     * Returns what the kernel would send about a connection that does not exist, token 0, in one datagram: it is created and
     * established, gets and loses a second subflow, and closes.
     */
    ByteBuffer madeUpLife(int number);

    /** Turns messages into events. For one thread at a time. */
    interface Decoder {
        /**
         * Decodes one message.
         *
         * @param message positioned on a message of the family
         * @return the event, or null for a kind that is not known
         * @throws MalformedEventException if an attribute that the event needs is missing
         */
        Event decode(MessageReader message) throws MalformedEventException;
    }

    /** Turns commands into requests. For one thread at a time. */
    interface Encoder {
        /** Writes {@code command}, whose address id must have been chosen; flags and sequence number are the requester's. */
        MessageWriter encode(Command command);

        /** Returns a sentence that says what the kernel's refusal means and what to do. */
        String refusal(Command command, NetlinkError error);
    }

    /** Asks the kernel. For the requester's thread. */
    interface Queries {
        /** Returns whether the connection belongs to the user-space path manager. */
        boolean isOurs(Token token) throws LinuxException;
    }

    /** Who gets new connections. */
    enum Selected {
        /** SMAPP, or another path manager in user space. */
        USER_SPACE,
        /** The in-kernel path manager. */
        IN_KERNEL,
        /** Nobody: Multipath TCP is switched off. */
        NOBODY
    }

    /** Which path manager new connections get. The kernel fixes it when a socket is made; those that are there keep theirs. */
    interface Selection {
        /**
         * Selects the user-space path manager.
         *
         * @throws IOException with a sentence that says what is missing and what to do
         */
        void take() throws IOException;

        /** Returns who gets new connections now; after {@link #take} that costs some microseconds. */
        Selected selected() throws IOException;

        /** Gives new connections back to the path manager that had them before, if {@link #take} changed that. */
        void giveBack();
    }

    /** The endpoints of the in-kernel path manager; whoever opened them closes them. */
    interface Endpoints extends EndpointAdmin, AutoCloseable {
        @Override
        void close();
    }
}
