package org.smapp.control;

import java.lang.reflect.RecordComponent;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.osgi.service.event.EventConstants;
import org.smapp.api.ConnectionSnapshot;
import org.smapp.api.FourTuple;
import org.smapp.api.Health;
import org.smapp.api.HostAddress;
import org.smapp.api.IpAddress;
import org.smapp.api.LocalAddress;
import org.smapp.api.Outcome;
import org.smapp.api.PathTrouble;
import org.smapp.api.Token;
import org.smapp.api.TransportAddress;
import org.smapp.api.event.CommandDone;
import org.smapp.api.event.JournalEntry;
import org.smapp.api.measure.ConnectionInfo;
import org.smapp.api.measure.SubflowInfo;

/** The JSON shape of each thing that is shown. The names are an outside interface: add to them, never change them. */
final class Shapes {

    /** The JDK looks them up anew each time, which takes as long as all the rest. */
    private static final ClassValue<RecordComponent[]> COMPONENTS = new ClassValue<>() {
        @Override
        protected RecordComponent[] computeValue(Class<?> type) {
            return type.getRecordComponents();
        }
    };

    private Shapes() {}

    static Map<String, Object> connection(ConnectionSnapshot connection) {
        Map<String, Object> shape = new LinkedHashMap<>();
        shape.put("token", connection.token().unsigned());
        shape.put("side", connection.side().name());
        shape.put("state", connection.state().name());
        shape.put("controller", connection.controller());
        shape.put("policy", connection.policy());
        shape.put("local", of(connection.tuple().local()));
        shape.put("remote", of(connection.tuple().remote()));
        shape.put("backup", connection.backup());
        shape.put("recovered", connection.recovered());
        shape.put("denyJoinId0", connection.denyJoinId0());
        shape.put("pathManager", connection.pathManager().name());
        shape.put("subflows", plain(connection.subflows()));
        shape.put("remoteAddresses", plain(connection.remoteAddresses()));
        shape.put("since", plain(connection.since()));
        return shape;
    }

    static Map<String, Object> hostAddress(HostAddress host, List<PathTrouble> troubles) {
        Map<String, Object> shape = localAddress(host.address());
        shape.put("usable", host.isUsable());
        shape.put("obstacle", host.obstacle());
        putTroubles(
                shape,
                troubles,
                each -> each.pair().localAddress().equals(host.address().address()));
        return shape;
    }

    /** A connection, and what is wrong between this host's addresses and the peer's. */
    static Map<String, Object> connection(ConnectionSnapshot connection, List<PathTrouble> troubles) {
        Map<String, Object> shape = connection(connection);
        putTroubles(
                shape,
                troubles,
                each -> connection.remoteAddresses().stream()
                        .anyMatch(remote -> remote.at().equals(each.pair().remote())));
        return shape;
    }

    private static void putTroubles(
            Map<String, Object> shape, List<PathTrouble> troubles, Predicate<PathTrouble> which) {
        shape.put("troubles", troubles.stream().filter(which).map(Shapes::of).toList());
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

    static Map<String, Object> health(Health health, List<PathTrouble> troubles, List<String> warnings) {
        Map<String, Object> shape = of(health);
        shape.put("pathTroubles", troubles.stream().map(PathTrouble::toString).toList());
        shape.put("warnings", warnings);
        return shape;
    }

    static Map<String, Object> figures(ConnectionInfo connection, List<SubflowInfo> subflows) {
        Map<String, Object> shape = of(connection);
        shape.put("subflows", plain(subflows));
        return shape;
    }

    /** Returns a record that is shown as it is: the names are those of its components; what an address consists of lies beside them. */
    static Map<String, Object> of(Record record) {
        Map<String, Object> shape = new LinkedHashMap<>();
        for (RecordComponent each : COMPONENTS.get(record.getClass())) {
            try {
                put(shape, each.getName(), each.getAccessor().invoke(record));
            } catch (ReflectiveOperationException e) {
                throw new IllegalStateException("The components of an exported record can be read", e);
            }
        }
        return shape;
    }

    private static void put(Map<String, Object> shape, String name, Object value) {
        if (value instanceof FourTuple || value instanceof TransportAddress) {
            shape.putAll(of((Record) value));
        } else {
            shape.put(name.equals("interfaceName") ? "interface" : name, plain(value));
        }
    }

    private static Object plain(Object value) {
        if (value instanceof List<?> list) {
            return list.stream().map(Shapes::plain).toList();
        }
        if (value instanceof Token token) {
            return token.unsigned();
        }
        if (value instanceof Enum<?> constant) {
            return constant.name();
        }
        if (value instanceof Instant || value instanceof IpAddress) {
            return value.toString();
        }
        if (value instanceof JournalEntry entry) {
            return journalEntry(entry);
        }
        return value instanceof Record record ? of(record) : value;
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
