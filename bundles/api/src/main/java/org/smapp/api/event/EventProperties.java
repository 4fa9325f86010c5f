package org.smapp.api.event;

import java.util.LinkedHashMap;
import java.util.Map;
import org.smapp.api.CloseCause;
import org.smapp.api.FourTuple;
import org.smapp.api.LocalAddress;
import org.smapp.api.Outcome;
import org.smapp.api.Side;
import org.smapp.api.Token;
import org.smapp.api.TransportAddress;

/**
 * The properties of each kind of event, in simple Java types: String, Boolean, Integer, Long. Event Admin, the control socket
 * and the journal all show events with these names.
 */
public final class EventProperties implements Event.Handler<Map<String, Object>> {

    private static final EventProperties PROPERTIES = new EventProperties();

    private EventProperties() {}

    /** Returns the properties of {@code event} in a map of their own, in a fixed order. */
    public static Map<String, Object> of(Event event) {
        return event.accept(PROPERTIES);
    }

    @Override
    public Map<String, Object> connectionCreated(ConnectionCreated event) {
        return connection(event.token(), event.side(), event.tuple(), event.denyJoinId0());
    }

    @Override
    public Map<String, Object> connectionEstablished(ConnectionEstablished event) {
        return connection(event.token(), event.side(), event.tuple(), event.denyJoinId0());
    }

    @Override
    public Map<String, Object> connectionClosed(ConnectionClosed event) {
        return token(event.token());
    }

    @Override
    public Map<String, Object> addressAnnounced(AddressAnnounced event) {
        Map<String, Object> properties = token(event.token());
        properties.put("remoteId", event.remoteId());
        properties.put("remoteAddress", event.remote().address().toString());
        properties.put("remotePort", event.remote().port());
        return properties;
    }

    @Override
    public Map<String, Object> addressRemoved(AddressRemoved event) {
        Map<String, Object> properties = token(event.token());
        properties.put("remoteId", event.remoteId());
        return properties;
    }

    @Override
    public Map<String, Object> subflowEstablished(SubflowEstablished event) {
        return subflow(event, event.tuple(), event.localId(), event.remoteId(), event.backup(), event.interfaceIndex());
    }

    @Override
    public Map<String, Object> subflowClosed(SubflowClosed event) {
        Map<String, Object> properties = subflow(
                event, event.tuple(), event.localId(), event.remoteId(), event.backup(), event.interfaceIndex());
        properties.put("errno", event.cause().errno());
        if (event.cause().resetReason() != CloseCause.NO_RESET) {
            properties.put("resetReason", event.cause().resetReason());
            properties.put("resetTransient", event.cause().resetTransient());
        }
        properties.put("cause", event.cause().toString());
        return properties;
    }

    @Override
    public Map<String, Object> subflowPriority(SubflowPriority event) {
        return subflow(event, event.tuple(), event.localId(), event.remoteId(), event.backup(), event.interfaceIndex());
    }

    @Override
    public Map<String, Object> subflowTimeout(SubflowTimeout event) {
        Map<String, Object> properties = token(event.token());
        tuple(properties, event.tuple());
        properties.put("rtoMs", event.rtoMs());
        properties.put("consecutive", event.consecutive());
        properties.put("lastBeforeGivingUp", event.lastBeforeGivingUp());
        return properties;
    }

    @Override
    public Map<String, Object> commandDone(CommandDone event) {
        Map<String, Object> properties = token(event.token());
        properties.put("command", event.command().toString());
        properties.put("accepted", event.outcome().isAccepted());
        properties.put("outcome", event.outcome().sentence());
        if (event.outcome() instanceof Outcome.Refused refused) {
            properties.put("errno", refused.errno());
        }
        properties.put("controller", event.controller());
        properties.put("reason", event.reason());
        properties.put("reactionNanos", event.reactionNanos());
        return properties;
    }

    @Override
    public Map<String, Object> controllerAssigned(ControllerAssigned event) {
        Map<String, Object> properties = token(event.token());
        controller(properties, event.controller(), event.version(), event.reason());
        properties.put("rule", event.rule());
        return properties;
    }

    @Override
    public Map<String, Object> listenerCreated(ListenerCreated event) {
        return local(event.local());
    }

    @Override
    public Map<String, Object> listenerClosed(ListenerClosed event) {
        return local(event.local());
    }

    @Override
    public Map<String, Object> localAddressAdded(LocalAddressAdded event) {
        return localAddress(event.address(), event.reason());
    }

    @Override
    public Map<String, Object> localAddressRemoved(LocalAddressRemoved event) {
        return localAddress(event.address(), event.reason());
    }

    @Override
    public Map<String, Object> eventsLost(EventsLost event) {
        Map<String, Object> properties = new LinkedHashMap<>();
        properties.put("source", event.source());
        properties.put("count", event.count());
        return properties;
    }

    @Override
    public Map<String, Object> recovered(Recovered event) {
        Map<String, Object> properties = new LinkedHashMap<>();
        properties.put("connections", event.connections());
        properties.put("subflows", event.subflows());
        properties.put("tookMs", event.tookMs());
        properties.put("reason", event.reason());
        return properties;
    }

    @Override
    public Map<String, Object> controllerQuarantined(ControllerQuarantined event) {
        Map<String, Object> properties = new LinkedHashMap<>();
        controller(properties, event.controller(), event.version(), event.reason());
        return properties;
    }

    private static Map<String, Object> token(Token token) {
        Map<String, Object> properties = new LinkedHashMap<>();
        properties.put("token", token.unsigned());
        return properties;
    }

    private static Map<String, Object> connection(Token token, Side side, FourTuple tuple, boolean denyJoinId0) {
        Map<String, Object> properties = token(token);
        properties.put("side", side.name());
        tuple(properties, tuple);
        properties.put("denyJoinId0", denyJoinId0);
        return properties;
    }

    private static Map<String, Object> subflow(
            ConnectionEvent event, FourTuple tuple, int localId, int remoteId, boolean backup, int interfaceIndex) {
        Map<String, Object> properties = token(event.token());
        tuple(properties, tuple);
        properties.put("localId", localId);
        properties.put("remoteId", remoteId);
        properties.put("backup", backup);
        properties.put("interfaceIndex", interfaceIndex);
        return properties;
    }

    private static void tuple(Map<String, Object> properties, FourTuple tuple) {
        properties.put("localAddress", tuple.localAddress().toString());
        properties.put("localPort", tuple.localPort());
        properties.put("remoteAddress", tuple.remoteAddress().toString());
        properties.put("remotePort", tuple.remotePort());
    }

    private static Map<String, Object> local(TransportAddress local) {
        Map<String, Object> properties = new LinkedHashMap<>();
        properties.put("localAddress", local.address().toString());
        properties.put("localPort", local.port());
        return properties;
    }

    private static Map<String, Object> localAddress(LocalAddress address, String reason) {
        Map<String, Object> properties = new LinkedHashMap<>();
        properties.put("localAddress", address.address().toString());
        properties.put("prefixLength", address.prefixLength());
        properties.put("interface", address.interfaceName());
        properties.put("interfaceIndex", address.interfaceIndex());
        properties.put("reason", reason);
        return properties;
    }

    private static void controller(Map<String, Object> properties, String name, String version, String reason) {
        properties.put("controller", name);
        properties.put("version", version);
        properties.put("reason", reason);
    }
}
