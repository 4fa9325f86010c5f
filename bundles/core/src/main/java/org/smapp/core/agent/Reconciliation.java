package org.smapp.core.agent;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.smapp.api.CloseCause;
import org.smapp.api.ConnectionState;
import org.smapp.api.FourTuple;
import org.smapp.api.PathManagerType;
import org.smapp.api.RemoteAddress;
import org.smapp.api.Side;
import org.smapp.api.Subflow;
import org.smapp.api.Token;
import org.smapp.api.event.AddressAnnounced;
import org.smapp.api.event.ConnectionClosed;
import org.smapp.api.event.ConnectionCreated;
import org.smapp.api.event.ConnectionEstablished;
import org.smapp.api.event.ConnectionEvent;
import org.smapp.api.event.Recovered;
import org.smapp.api.event.SubflowClosed;
import org.smapp.api.event.SubflowEstablished;
import org.smapp.core.measure.SocketEnds;
import org.smapp.core.memory.Remembered;
import org.smapp.core.pm.PathManagerChannel;
import org.smapp.linux.LinuxException;
import org.smapp.netlink.diag.SocketStates;
import org.smapp.netlink.diag.SocketTable;
import org.smapp.netlink.diag.SubflowSocket;

/**
 * Makes the connection table equal to what the kernel has. The differences come out as ordinary events that are marked as
 * recovered. The same for a start, for events that the kernel had to drop, and for a regular look at what the kernel never
 * tells: a connection that its peer aborted (MP_FASTCLOSE) has no CLOSED event.
 *
 * <p>The order is what makes it right: the events that wait are taken in, then the kernel is asked, then the events that came
 * meanwhile are taken in. What those are about is left alone, since the answer may be older than they are.
 *
 * <p>For the agent's thread only.
 */
final class Reconciliation {

    /** More than any buffer holds; only keeps a storm of events from going on here for ever. */
    private static final int DATAGRAMS_AT_MOST = 1 << 20;

    private final PathManagerChannel channel;
    private final SocketTable sockets;
    private final ConnectionTable table;
    private final EventFlow flow;
    private final AgentClock clock;
    private final Function<Token, Remembered> memory;
    private volatile long count;
    private volatile long lastMs;

    Reconciliation(
            PathManagerChannel channel,
            SocketTable sockets,
            ConnectionTable table,
            EventFlow flow,
            AgentClock clock,
            Function<Token, Remembered> memory) {
        this.channel = channel;
        this.sockets = sockets;
        this.table = table;
        this.flow = flow;
        this.clock = clock;
        this.memory = memory;
    }

    /**
     * Compares and corrects.
     *
     * @param reason what makes it necessary
     * @param always whether to announce that it was done, even if nothing differed
     */
    void run(String reason, boolean always) throws LinuxException {
        long start = clock.nanoTime();
        takeIn();
        int corrected = compare();
        lastMs = TimeUnit.NANOSECONDS.toMillis(clock.nanoTime() - start);
        if (always || corrected > 0) {
            count = count + 1; // the agent alone writes these
            int subflows = table.rows().stream()
                    .mapToInt(each -> each.subflows().size())
                    .sum();
            flow.announce(new Recovered(table.rows().size(), subflows, lastMs, reason));
        }
    }

    private int compare() throws LinuxException {
        flow.beginComparison();
        try {
            KernelPicture picture = KernelPicture.read(sockets);
            takeIn();
            return forgetGone(picture) + correctKnown(picture) + addMissing(picture);
        } finally {
            flow.endComparison();
        }
    }

    private void takeIn() throws LinuxException {
        int datagrams = 0;
        while (datagrams < DATAGRAMS_AT_MOST && channel.events().receive(flow)) {
            datagrams++;
        }
    }

    private int forgetGone(KernelPicture picture) {
        List<ConnectionEvent> events = new ArrayList<>();
        for (TrackedConnection row : table.rows()) {
            if (!flow.isTouched(row.token) && !picture.connections().containsKey(row.token)) {
                events.add(new ConnectionClosed(row.token));
            }
        }
        events.forEach(flow::recovered);
        return events.size();
    }

    private int correctKnown(KernelPicture picture) {
        List<ConnectionEvent> events = new ArrayList<>();
        for (TrackedConnection row : table.rows()) {
            KernelPicture.Seen seen = picture.connections().get(row.token);
            if (seen != null && !flow.isTouched(row.token)) {
                differences(row, seen, events);
            }
        }
        events.forEach(flow::recovered);
        return events.size();
    }

    private static void differences(TrackedConnection row, KernelPicture.Seen seen, List<ConnectionEvent> into) {
        if (seen.isEstablished() && row.state() != ConnectionState.ESTABLISHED) {
            into.add(new ConnectionEstablished(row.token, row.side, row.tuple, row.denyJoinId0));
        }
        Set<FourTuple> known = new HashSet<>();
        for (Subflow each : row.subflows()) {
            known.add(each.tuple());
            if (!seen.has(each.tuple())) {
                into.add(new SubflowClosed(
                        row.token,
                        each.tuple(),
                        each.localId(),
                        each.remoteId(),
                        each.backup(),
                        0,
                        CloseCause.ORDERLY));
            }
        }
        for (SubflowSocket each : seen.subflows()) {
            if (each.state() == SocketStates.ESTABLISHED && !known.contains(SocketEnds.tuple(each.id()))) {
                into.add(established(row.token, each));
            }
        }
    }

    private int addMissing(KernelPicture picture) throws LinuxException {
        int added = 0;
        for (Map.Entry<Token, KernelPicture.Seen> each : picture.connections().entrySet()) {
            if (table.get(each.getKey()) == null && !flow.isTouched(each.getKey())) {
                add(each.getKey(), each.getValue());
                added++;
            }
        }
        return added;
    }

    private void add(Token token, KernelPicture.Seen seen) throws LinuxException {
        Remembered known = memory.apply(token);
        boolean same = known != null && known.isOf(seen.tuple());
        Side side = same ? known.side() : seen.side();
        boolean deny = same && known.denyJoinId0();
        List<ConnectionEvent> events = new ArrayList<>();
        events.add(new ConnectionCreated(token, side, seen.tuple(), deny));
        if (seen.isEstablished()) {
            events.add(new ConnectionEstablished(token, side, seen.tuple(), deny));
        }
        for (RemoteAddress each : same ? known.announced() : List.<RemoteAddress>of()) {
            events.add(new AddressAnnounced(token, each.id(), each.at()));
        }
        for (SubflowSocket each : seen.subflows()) {
            if (each.state() == SocketStates.ESTABLISHED
                    && !SocketEnds.tuple(each.id()).equals(seen.tuple())) {
                events.add(established(token, each));
            }
        }
        if (!seen.has(seen.tuple())) {
            events.add(new SubflowClosed(token, seen.tuple(), 0, 0, false, 0, CloseCause.ORDERLY));
        }
        flow.found(events, owner(token, seen));
    }

    private PathManagerType owner(Token token, KernelPicture.Seen seen) throws LinuxException {
        if (seen.fallback()) {
            return PathManagerType.NONE;
        }
        return channel.queries().isOurs(token) ? PathManagerType.USER_SPACE : PathManagerType.IN_KERNEL;
    }

    private static SubflowEstablished established(Token token, SubflowSocket socket) {
        return new SubflowEstablished(
                token,
                SocketEnds.tuple(socket.id()),
                socket.localId(),
                socket.remoteId(),
                socket.isBackupHere() || socket.isBackupByPeer(),
                socket.id().interfaceIndex());
    }

    /** Returns how often something had to be corrected, the start included. */
    long count() {
        return count;
    }

    /** Returns how long the last comparison took, in milliseconds. */
    long lastMs() {
        return lastMs;
    }
}
