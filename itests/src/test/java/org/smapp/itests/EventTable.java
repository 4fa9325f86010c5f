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
import org.smapp.api.event.AddressAnnounced;
import org.smapp.api.event.AddressRemoved;
import org.smapp.api.event.CommandDone;
import org.smapp.api.event.ConnectionClosed;
import org.smapp.api.event.ConnectionCreated;
import org.smapp.api.event.ConnectionEstablished;
import org.smapp.api.event.ControllerAssigned;
import org.smapp.api.event.ListenerClosed;
import org.smapp.api.event.ListenerCreated;
import org.smapp.api.event.LocalAddressAdded;
import org.smapp.api.event.LocalAddressRemoved;
import org.smapp.api.event.SubflowClosed;
import org.smapp.api.event.SubflowEstablished;
import org.smapp.api.event.SubflowPriority;
import org.smapp.api.event.SubflowTimeout;

/**
 * The topics with the names and Java types of their properties, as handlers rely on them. A property with a question mark is
 * not in every event.
 */
final class EventTable {

    private static final String EVERY_EVENT = "timestamp:Long recovered:Boolean message:String";

    private static final String TUPLE = "localAddress:String localPort:Integer remoteAddress:String remotePort:Integer";

    private static final String CONNECTION = "token:Long side:String denyJoinId0:Boolean " + TUPLE;

    private static final String SUBFLOW =
            "token:Long localId:Integer remoteId:Integer backup:Boolean interfaceIndex:Integer " + TUPLE;

    private static final String LOCAL_ADDRESS =
            "localAddress:String prefixLength:Integer interface:String interfaceIndex:Integer reason:String";

    static final Map<String, String> ROWS = new TreeMap<>(Map.ofEntries(
            Map.entry(ConnectionCreated.TOPIC, CONNECTION),
            Map.entry(ConnectionEstablished.TOPIC, CONNECTION),
            Map.entry(ConnectionClosed.TOPIC, "token:Long"),
            Map.entry(AddressAnnounced.TOPIC, "token:Long remoteId:Integer remoteAddress:String remotePort:Integer"),
            Map.entry(AddressRemoved.TOPIC, "token:Long remoteId:Integer"),
            Map.entry(SubflowEstablished.TOPIC, SUBFLOW),
            Map.entry(
                    SubflowClosed.TOPIC,
                    SUBFLOW + " errno:Integer cause:String resetReason:Integer? resetTransient:Boolean?"),
            Map.entry(SubflowPriority.TOPIC, SUBFLOW),
            Map.entry(
                    SubflowTimeout.TOPIC,
                    "token:Long rtoMs:Integer consecutive:Integer lastBeforeGivingUp:Boolean " + TUPLE),
            Map.entry(
                    CommandDone.TOPIC,
                    "token:Long command:String accepted:Boolean outcome:String errno:Integer? controller:String"
                            + " reason:String reactionNanos:Long"),
            Map.entry(
                    ControllerAssigned.TOPIC, "token:Long controller:String version:String rule:String reason:String"),
            Map.entry(ListenerCreated.TOPIC, "localAddress:String localPort:Integer"),
            Map.entry(ListenerClosed.TOPIC, "localAddress:String localPort:Integer"),
            Map.entry(LocalAddressAdded.TOPIC, LOCAL_ADDRESS),
            Map.entry(LocalAddressRemoved.TOPIC, LOCAL_ADDRESS)));

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
