package org.smapp.control;

import java.lang.reflect.RecordComponent;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.osgi.service.event.EventConstants;
import org.smapp.api.ConnectionSnapshot;
import org.smapp.api.ControllerSnapshot;
import org.smapp.api.FourTuple;
import org.smapp.api.Health;
import org.smapp.api.HostAddress;
import org.smapp.api.LocalAddress;
import org.smapp.api.Outcome;
import org.smapp.api.RemoteAddress;
import org.smapp.api.Subflow;
import org.smapp.api.Token;
import org.smapp.api.TransportAddress;
import org.smapp.api.event.CommandDone;
import org.smapp.api.event.JournalEntry;
import org.smapp.api.measure.ConnectionInfo;
import org.smapp.api.measure.SubflowInfo;

/** The JSON shape of each thing that is shown. The names are an outside interface: add to them, never change them. */
final class Shapes {

    private Shapes() {}

    static Map<String, Object> connection(ConnectionSnapshot connection) {
        Map<String, Object> shape = new LinkedHashMap<>();
        shape.put("token", connection.token().unsigned());
        shape.put("side", connection.side().name());
        shape.put("state", connection.state().name());
        shape.put("controller", connection.controller());
        shape.put("local", end(connection.tuple().local()));
        shape.put("remote", end(connection.tuple().remote()));
        shape.put("backup", connection.backup());
        shape.put("recovered", connection.recovered());
        shape.put("denyJoinId0", connection.denyJoinId0());
        shape.put("pathManager", connection.pathManager().name());
        shape.put(
                "subflows", connection.subflows().stream().map(Shapes::subflow).toList());
        shape.put(
                "remoteAddresses",
                connection.remoteAddresses().stream().map(Shapes::remoteAddress).toList());
        shape.put("since", text(connection.since()));
        return shape;
    }

    private static Map<String, Object> end(TransportAddress end) {
        Map<String, Object> shape = new LinkedHashMap<>();
        shape.put("address", end.address().toString());
        shape.put("port", end.port());
        return shape;
    }

    private static Map<String, Object> subflow(Subflow subflow) {
        Map<String, Object> shape = new LinkedHashMap<>();
        tuple(shape, subflow.tuple());
        shape.put("localId", subflow.localId());
        shape.put("remoteId", subflow.remoteId());
        shape.put("state", subflow.state().name());
        shape.put("backup", subflow.backup());
        shape.put("interface", subflow.interfaceName());
        return shape;
    }

    private static void tuple(Map<String, Object> shape, FourTuple tuple) {
        shape.put("localAddress", tuple.localAddress().toString());
        shape.put("localPort", tuple.localPort());
        shape.put("remoteAddress", tuple.remoteAddress().toString());
        shape.put("remotePort", tuple.remotePort());
    }

    private static Map<String, Object> remoteAddress(RemoteAddress remote) {
        Map<String, Object> shape = new LinkedHashMap<>();
        shape.put("id", remote.id());
        shape.putAll(end(remote.at()));
        return shape;
    }

    static Map<String, Object> controller(ControllerSnapshot controller) {
        Map<String, Object> shape = new LinkedHashMap<>();
        shape.put("name", controller.name());
        shape.put("version", controller.version());
        shape.put("bundle", controller.bundle());
        shape.put("connections", controller.connections());
        shape.put("quarantined", controller.quarantined());
        return shape;
    }

    static Map<String, Object> hostAddress(HostAddress host) {
        Map<String, Object> shape = localAddress(host.address());
        shape.put("usable", host.isUsable());
        shape.put("obstacle", host.obstacle());
        return shape;
    }

    static Map<String, Object> localAddress(LocalAddress local) {
        Map<String, Object> shape = new LinkedHashMap<>();
        shape.put("address", local.address().toString());
        shape.put("prefixLength", local.prefixLength());
        shape.put("interface", local.interfaceName());
        shape.put("interfaceIndex", local.interfaceIndex());
        return shape;
    }

    static Map<String, Object> journalEntry(JournalEntry entry) {
        Map<String, Object> shape = new LinkedHashMap<>();
        shape.put("time", entry.time().toString());
        shape.put("type", entry.event().type());
        shape.putAll(entry.event().properties());
        shape.put(EventConstants.MESSAGE, entry.event().sentence());
        return shape;
    }

    /** Returns the last part of a topic, such as {@code SUBFLOW_CLOSED}. */
    static String type(String topic) {
        return topic.substring(topic.lastIndexOf('/') + 1);
    }

    static Map<String, Object> health(Health health, List<String> warnings) {
        Map<String, Object> shape = new LinkedHashMap<>();
        shape.put("namespace", health.namespace());
        shape.put("subscribedSince", text(health.subscribedSince()));
        shape.put("lastEvent", text(health.lastEvent()));
        shape.put("events", health.events());
        shape.put("malformed", health.malformed());
        shape.put("overruns", health.overruns());
        shape.put("recoveries", health.recoveries());
        shape.put("lastComparisonMs", health.lastComparisonMs());
        shape.put("commands", health.commands());
        shape.put("refused", health.refused());
        shape.put("connections", health.connections());
        shape.put("inbox", health.inbox());
        shape.put("backlog", health.backlog());
        shape.put("unpublished", health.unpublished());
        shape.put("receiveBufferBytes", health.receiveBufferBytes());
        shape.put(
                "latestRecoveries",
                health.latestRecoveries().stream().map(Shapes::journalEntry).toList());
        shape.put(
                "quarantined",
                health.quarantined().stream().map(Shapes::controller).toList());
        shape.put("slowCalls", health.slowCalls());
        shape.put("agentsReplaced", health.agentsReplaced());
        shape.put("timeoutSource", health.timeoutSource());
        shape.put("timeoutReason", health.timeoutReason());
        shape.put("otherPathManagers", health.otherPathManagers());
        shape.put("warnings", warnings);
        return shape;
    }

    /** The names are those of the records' components. */
    static Map<String, Object> figures(ConnectionInfo connection, List<SubflowInfo> subflows) {
        Map<String, Object> shape = components(connection);
        shape.put("subflows", subflows.stream().map(Shapes::components).toList());
        return shape;
    }

    private static Map<String, Object> components(Record figures) {
        Map<String, Object> shape = new LinkedHashMap<>();
        for (RecordComponent each : figures.getClass().getRecordComponents()) {
            try {
                put(shape, each.getName(), each.getAccessor().invoke(figures));
            } catch (ReflectiveOperationException e) {
                throw new IllegalStateException("The components of an exported record can be read", e);
            }
        }
        return shape;
    }

    private static void put(Map<String, Object> shape, String name, Object value) {
        if (value instanceof Token token) {
            shape.put(name, token.unsigned());
        } else if (value instanceof FourTuple tuple) {
            tuple(shape, tuple);
        } else {
            shape.put(name, value instanceof Enum<?> constant ? constant.name() : value);
        }
    }

    private static String text(Instant instant) {
        return instant == null ? null : instant.toString();
    }

    /** The names are those of COMMAND_DONE in {@link CommandDone}. */
    static Map<String, Object> outcome(String command, Outcome outcome) {
        Map<String, Object> shape = new LinkedHashMap<>();
        shape.put("command", command);
        shape.put("accepted", outcome.isAccepted());
        shape.put("outcome", outcome.sentence());
        if (outcome instanceof Outcome.Refused refused) {
            shape.put("errno", refused.errno());
            shape.put("kernelText", refused.kernelText());
        }
        return shape;
    }
}
