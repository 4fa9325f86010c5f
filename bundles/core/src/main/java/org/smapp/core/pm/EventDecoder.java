package org.smapp.core.pm;

import org.smapp.api.CloseCause;
import org.smapp.api.FourTuple;
import org.smapp.api.IpAddress;
import org.smapp.api.Side;
import org.smapp.api.Token;
import org.smapp.api.TransportAddress;
import org.smapp.api.event.AddressAnnounced;
import org.smapp.api.event.AddressRemoved;
import org.smapp.api.event.ConnectionClosed;
import org.smapp.api.event.ConnectionCreated;
import org.smapp.api.event.ConnectionEstablished;
import org.smapp.api.event.Event;
import org.smapp.api.event.ListenerClosed;
import org.smapp.api.event.ListenerCreated;
import org.smapp.api.event.SubflowClosed;
import org.smapp.api.event.SubflowEstablished;
import org.smapp.api.event.SubflowPriority;
import org.smapp.netlink.AttributeReader;
import org.smapp.netlink.MessageReader;

/**
 * Turns the path manager's messages into events. Unknown attributes, bits and events are passed over, since newer kernels
 * bring new ones; what an event can't do without is checked.
 *
 * <p>Attributes in wire order, {@code [ ]} optional, ports in network byte order, all else in host byte order:
 *
 * <pre>
 * CREATED, ESTABLISHED      TOKEN u32, [SERVER_SIDE u8], [FLAGS u16], FAMILY u16, SADDR4|6, DADDR4|6, SPORT, DPORT, ids u8
 * CLOSED                    TOKEN
 * ANNOUNCED                 TOKEN, REM_ID u8, DPORT, DADDR4|6
 * REMOVED                   TOKEN, REM_ID
 * SUB_ESTABLISHED, SUB_PRIORITY
 *                           TOKEN, FAMILY, SADDR4|6, DADDR4|6, SPORT, DPORT, LOC_ID, REM_ID, BACKUP u8, [IF_IDX s32]
 * SUB_CLOSED                the same, [ERROR u8], [RESET_REASON u32, RESET_FLAGS u32]
 * LISTENER_CREATED, _CLOSED FAMILY, SPORT, SADDR4|6
 * </pre>
 *
 * <p>Not thread-safe: it keeps the attributes of the message at hand in its fields. Stateless between messages.
 */
public final class EventDecoder {

    private int seen;
    private int token;
    private IpAddress source;
    private IpAddress destination;
    private int sourcePort;
    private int destinationPort;
    private int localId;
    private int remoteId;
    private boolean backup;
    private int error;
    private int flags;
    private int interfaceIndex;
    private int resetReason;
    private int resetFlags;

    /**
     * Decodes one message.
     *
     * @param message positioned on a message of the family
     * @return the event, or null for a kind that is not known
     * @throws MalformedEventException if an attribute that the event needs is missing
     */
    public Event decode(MessageReader message) throws MalformedEventException {
        int kind = message.genlCommand();
        clear();
        AttributeReader attributes = message.attributes(MessageReader.GENERIC_HEADER_BYTES);
        while (attributes.next()) {
            read(attributes);
        }
        if (attributes.malformed()) {
            throw new MalformedEventException("event " + kind + ": an attribute is cut short");
        }
        return event(kind);
    }

    private void clear() {
        seen = 0;
        source = null;
        destination = null;
        backup = false;
        localId = 0;
        remoteId = 0;
        error = 0;
        flags = 0;
        interfaceIndex = 0;
        resetReason = CloseCause.NO_RESET;
        resetFlags = 0;
    }

    private void read(AttributeReader attribute) {
        int type = attribute.type();
        switch (type) {
            case Uapi.ATTR_TOKEN -> token = attribute.u32();
            case Uapi.ATTR_LOC_ID -> localId = attribute.u8();
            case Uapi.ATTR_REM_ID -> remoteId = attribute.u8();
            case Uapi.ATTR_SADDR4 -> source = IpAddress.v4(attribute.be32());
            case Uapi.ATTR_SADDR6 -> source = IpAddress.v6(attribute.be64(0), attribute.be64(8));
            case Uapi.ATTR_DADDR4 -> destination = IpAddress.v4(attribute.be32());
            case Uapi.ATTR_DADDR6 -> destination = IpAddress.v6(attribute.be64(0), attribute.be64(8));
            case Uapi.ATTR_SPORT_BE -> sourcePort = attribute.u16be();
            case Uapi.ATTR_DPORT_BE -> destinationPort = attribute.u16be();
            case Uapi.ATTR_BACKUP -> backup = attribute.u8() != 0;
            case Uapi.ATTR_ERROR -> error = attribute.u8();
            case Uapi.ATTR_FLAGS -> flags |= attribute.u16();
            case Uapi.ATTR_IF_IDX -> interfaceIndex = attribute.s32();
            case Uapi.ATTR_RESET_REASON -> resetReason = attribute.u32();
            case Uapi.ATTR_RESET_FLAGS -> resetFlags = attribute.u32();
            case Uapi.ATTR_SERVER_SIDE -> flags |= attribute.u8() != 0 ? Uapi.FLAG_SERVER_SIDE : 0;
            default -> {
                return;
            }
        }
        seen |= 1 << type;
    }

    private Event event(int kind) throws MalformedEventException {
        return switch (kind) {
            case Uapi.EVENT_CREATED -> new ConnectionCreated(token(kind), side(), tuple(kind), denyJoinId0());
            case Uapi.EVENT_ESTABLISHED -> new ConnectionEstablished(token(kind), side(), tuple(kind), denyJoinId0());
            case Uapi.EVENT_CLOSED -> new ConnectionClosed(token(kind));
            case Uapi.EVENT_ANNOUNCED -> {
                need(kind, destination != null, "DADDR4 or DADDR6");
                need(kind, Uapi.ATTR_REM_ID, "REM_ID");
                need(kind, Uapi.ATTR_DPORT_BE, "DPORT");
                yield new AddressAnnounced(token(kind), remoteId, new TransportAddress(destination, destinationPort));
            }
            case Uapi.EVENT_REMOVED -> {
                need(kind, Uapi.ATTR_REM_ID, "REM_ID");
                yield new AddressRemoved(token(kind), remoteId);
            }
            case Uapi.EVENT_SUB_ESTABLISHED ->
                new SubflowEstablished(token(kind), tuple(kind), localId, remoteId, backup, interfaceIndex);
            case Uapi.EVENT_SUB_CLOSED ->
                new SubflowClosed(token(kind), tuple(kind), localId, remoteId, backup, interfaceIndex, cause());
            case Uapi.EVENT_SUB_PRIORITY ->
                new SubflowPriority(token(kind), tuple(kind), localId, remoteId, backup, interfaceIndex);
            case Uapi.EVENT_LISTENER_CREATED -> new ListenerCreated(listener(kind));
            case Uapi.EVENT_LISTENER_CLOSED -> new ListenerClosed(listener(kind));
            default -> null;
        };
    }

    private Token token(int kind) throws MalformedEventException {
        need(kind, Uapi.ATTR_TOKEN, "TOKEN");
        return new Token(token);
    }

    /** Linux 6.12 sends SERVER_SIDE always, as 0 or 1; 6.18 sends a flag bit, and SERVER_SIDE only when it is 1. */
    private Side side() {
        return (flags & Uapi.FLAG_SERVER_SIDE) != 0 ? Side.SERVER : Side.CLIENT;
    }

    private boolean denyJoinId0() {
        return (flags & Uapi.FLAG_DENY_JOIN_ID0) != 0;
    }

    private FourTuple tuple(int kind) throws MalformedEventException {
        need(kind, source != null, "SADDR4 or SADDR6");
        need(kind, destination != null, "DADDR4 or DADDR6");
        need(kind, Uapi.ATTR_SPORT_BE, "SPORT");
        need(kind, Uapi.ATTR_DPORT_BE, "DPORT");
        return new FourTuple(source, sourcePort, destination, destinationPort);
    }

    private TransportAddress listener(int kind) throws MalformedEventException {
        need(kind, source != null, "SADDR4 or SADDR6");
        need(kind, Uapi.ATTR_SPORT_BE, "SPORT");
        return new TransportAddress(source, sourcePort);
    }

    private CloseCause cause() {
        return error == 0 && resetReason == CloseCause.NO_RESET
                ? CloseCause.ORDERLY
                : new CloseCause(error, resetReason, (resetFlags & Uapi.RESET_TRANSIENT) != 0);
    }

    private void need(int kind, int attribute, String name) throws MalformedEventException {
        need(kind, (seen & 1 << attribute) != 0, name);
    }

    private static void need(int kind, boolean present, String name) throws MalformedEventException {
        if (!present) {
            throw new MalformedEventException("event " + kind + ": " + name + " is missing");
        }
    }
}
