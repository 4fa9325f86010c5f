package org.smapp.itests;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.osgi.service.event.Event;
import org.osgi.service.event.EventConstants;
import org.smapp.api.event.Topics;

/**
 * The topics with the names and Java types of their properties, as handlers rely on them. A property with a question mark is
 * not in every event.
 */
final class EventTable {

    private static final String EVERY_EVENT = "timestamp:Long recovered:Boolean";

    private static final String TUPLE = "localAddress:String localPort:Integer remoteAddress:String remotePort:Integer";

    private static final String CONNECTION = "token:Long side:String denyJoinId0:Boolean " + TUPLE;

    private static final String SUBFLOW =
            "token:Long localId:Integer remoteId:Integer backup:Boolean interfaceIndex:Integer " + TUPLE;

    private static final String LOCAL_ADDRESS =
            "localAddress:String prefixLength:Integer interface:String interfaceIndex:Integer reason:String";

    static final Map<String, String> ROWS = new TreeMap<>(Map.ofEntries(
            Map.entry(Topics.CONNECTION_CREATED, CONNECTION),
            Map.entry(Topics.CONNECTION_ESTABLISHED, CONNECTION),
            Map.entry(Topics.CONNECTION_CLOSED, "token:Long"),
            Map.entry(Topics.ADDRESS_ANNOUNCED, "token:Long remoteId:Integer remoteAddress:String remotePort:Integer"),
            Map.entry(Topics.ADDRESS_REMOVED, "token:Long remoteId:Integer"),
            Map.entry(Topics.SUBFLOW_ESTABLISHED, SUBFLOW),
            Map.entry(
                    Topics.SUBFLOW_CLOSED,
                    SUBFLOW + " errno:Integer cause:String resetReason:Integer? resetTransient:Boolean?"),
            Map.entry(Topics.SUBFLOW_PRIORITY, SUBFLOW),
            Map.entry(
                    Topics.SUBFLOW_TIMEOUT,
                    "token:Long rtoMs:Integer consecutive:Integer lastBeforeGivingUp:Boolean " + TUPLE),
            Map.entry(
                    Topics.COMMAND_DONE,
                    "token:Long command:String accepted:Boolean outcome:String errno:Integer? controller:String"
                            + " reason:String reactionNanos:Long"),
            Map.entry(
                    Topics.CONTROLLER_ASSIGNED,
                    "token:Long controller:String version:String rule:String reason:String"),
            Map.entry(Topics.LISTENER_CREATED, "localAddress:String localPort:Integer"),
            Map.entry(Topics.LISTENER_CLOSED, "localAddress:String localPort:Integer"),
            Map.entry(Topics.LOCAL_ADDRESS_ADDED, LOCAL_ADDRESS),
            Map.entry(Topics.LOCAL_ADDRESS_REMOVED, LOCAL_ADDRESS)));

    private EventTable() {}

    /** Returns what about {@code event} is not as in its row, one sentence each. */
    static List<String> complaints(Event event) {
        List<String> complaints = new ArrayList<>();
        Set<String> known = new HashSet<>(Set.of(EventConstants.EVENT_TOPIC));
        for (String cell : (EVERY_EVENT + " " + ROWS.get(event.getTopic())).split(" ")) {
            String name = cell.substring(0, cell.indexOf(':'));
            known.add(name);
            Object value = event.getProperty(name);
            String type = value == null ? "" : value.getClass().getSimpleName();
            boolean optional = cell.endsWith("?");
            if (!(optional && value == null) && !cell.replace("?", "").equals(name + ":" + type)) {
                complaints.add(event + ": " + name + " is '" + value + "', a '" + type + "', and not as in " + cell);
            }
        }
        Arrays.stream(event.getPropertyNames())
                .filter(name -> !known.contains(name))
                .forEach(name -> complaints.add(event + ": " + name + " is in no row"));
        return complaints;
    }
}
