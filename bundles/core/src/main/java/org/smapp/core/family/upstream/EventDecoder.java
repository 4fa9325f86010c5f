package org.smapp.core.family.upstream;

import org.smapp.api.CloseCause;
import org.smapp.api.FourTuple;
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
import org.smapp.core.family.KernelFamily;
import org.smapp.core.family.MalformedEventException;
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
final class EventDecoder implements KernelFamily.Decoder {

    private final EventAttributes fields = new EventAttributes();

    @Override
    public Event decode(MessageReader message) throws MalformedEventException {
        int kind = message.genlCommand();
        fields.clear();
        AttributeReader attributes = message.attributes(MessageReader.GENERIC_HEADER_BYTES);
        while (attributes.next()) {
            fields.read(attributes);
        }
        if (attributes.malformed()) {
            throw new MalformedEventException("event " + kind + ": an attribute is cut short");
        }
        return event(kind);
    }

    private Event event(int kind) throws MalformedEventException {
        return switch (kind) {
            case Uapi.EVENT_CREATED -> new ConnectionCreated(token(kind), side(), tuple(kind), fields.denyJoinId0());
            case Uapi.EVENT_ESTABLISHED ->
                new ConnectionEstablished(token(kind), side(), tuple(kind), fields.denyJoinId0());
            case Uapi.EVENT_CLOSED -> new ConnectionClosed(token(kind));
            case Uapi.EVENT_ANNOUNCED -> {
                need(kind, fields.destination != null, "DADDR4 or DADDR6");
                need(kind, Uapi.ATTR_REM_ID, "REM_ID");
                need(kind, Uapi.ATTR_DPORT_BE, "DPORT");
                yield new AddressAnnounced(
                        token(kind), fields.remoteId, new TransportAddress(fields.destination, fields.destinationPort));
            }
            case Uapi.EVENT_REMOVED -> {
                need(kind, Uapi.ATTR_REM_ID, "REM_ID");
                yield new AddressRemoved(token(kind), fields.remoteId);
            }
            case Uapi.EVENT_SUB_ESTABLISHED ->
                new SubflowEstablished(
                        token(kind),
                        tuple(kind),
                        fields.localId,
                        fields.remoteId,
                        fields.backup != 0,
                        fields.interfaceIndex);
            case Uapi.EVENT_SUB_CLOSED ->
                new SubflowClosed(
                        token(kind),
                        tuple(kind),
                        fields.localId,
                        fields.remoteId,
                        fields.backup != 0,
                        fields.interfaceIndex,
                        cause());
            case Uapi.EVENT_SUB_PRIORITY ->
                new SubflowPriority(
                        token(kind),
                        tuple(kind),
                        fields.localId,
                        fields.remoteId,
                        fields.backup != 0,
                        fields.interfaceIndex);
            case Uapi.EVENT_LISTENER_CREATED -> new ListenerCreated(listener(kind));
            case Uapi.EVENT_LISTENER_CLOSED -> new ListenerClosed(listener(kind));
            default -> null;
        };
    }

    private Token token(int kind) throws MalformedEventException {
        need(kind, Uapi.ATTR_TOKEN, "TOKEN");
        return new Token(fields.token);
    }

    private Side side() {
        return fields.serverSide() ? Side.SERVER : Side.CLIENT;
    }

    private FourTuple tuple(int kind) throws MalformedEventException {
        need(kind, fields.source != null, "SADDR4 or SADDR6");
        need(kind, fields.destination != null, "DADDR4 or DADDR6");
        need(kind, Uapi.ATTR_SPORT_BE, "SPORT");
        need(kind, Uapi.ATTR_DPORT_BE, "DPORT");
        return new FourTuple(fields.source, fields.sourcePort, fields.destination, fields.destinationPort);
    }

    private TransportAddress listener(int kind) throws MalformedEventException {
        need(kind, fields.source != null, "SADDR4 or SADDR6");
        need(kind, Uapi.ATTR_SPORT_BE, "SPORT");
        return new TransportAddress(fields.source, fields.sourcePort);
    }

    private CloseCause cause() {
        return fields.error == 0 && fields.resetReason == CloseCause.NO_RESET
                ? CloseCause.ORDERLY
                : new CloseCause(fields.error, fields.resetReason, (fields.resetFlags & Uapi.RESET_TRANSIENT) != 0);
    }

    private void need(int kind, int attribute, String name) throws MalformedEventException {
        need(kind, fields.has(attribute), name);
    }

    private static void need(int kind, boolean present, String name) throws MalformedEventException {
        if (!present) {
            throw new MalformedEventException("event " + kind + ": " + name + " is missing");
        }
    }
}
