package org.smapp.api.event;

/**
 * The Event Admin topic of each kind of event. Topics hold no ids: there is one for each kind, and the properties
 * ({@link EventProperties}) say which connection.
 */
public final class Topics implements Event.Handler<String> {

    /** What all topics begin with; {@code PREFIX + "*"} matches them all. */
    public static final String PREFIX = "org/smapp/event/";

    public static final String CONNECTION_CREATED = PREFIX + "CONNECTION_CREATED";
    public static final String CONNECTION_ESTABLISHED = PREFIX + "CONNECTION_ESTABLISHED";
    public static final String CONNECTION_CLOSED = PREFIX + "CONNECTION_CLOSED";
    public static final String ADDRESS_ANNOUNCED = PREFIX + "ADDRESS_ANNOUNCED";
    public static final String ADDRESS_REMOVED = PREFIX + "ADDRESS_REMOVED";
    public static final String SUBFLOW_ESTABLISHED = PREFIX + "SUBFLOW_ESTABLISHED";
    public static final String SUBFLOW_CLOSED = PREFIX + "SUBFLOW_CLOSED";
    public static final String SUBFLOW_PRIORITY = PREFIX + "SUBFLOW_PRIORITY";
    public static final String SUBFLOW_TIMEOUT = PREFIX + "SUBFLOW_TIMEOUT";
    public static final String COMMAND_DONE = PREFIX + "COMMAND_DONE";
    public static final String CONTROLLER_ASSIGNED = PREFIX + "CONTROLLER_ASSIGNED";
    public static final String LISTENER_CREATED = PREFIX + "LISTENER_CREATED";
    public static final String LISTENER_CLOSED = PREFIX + "LISTENER_CLOSED";
    public static final String LOCAL_ADDRESS_ADDED = PREFIX + "LOCAL_ADDRESS_ADDED";
    public static final String LOCAL_ADDRESS_REMOVED = PREFIX + "LOCAL_ADDRESS_REMOVED";
    public static final String EVENTS_LOST = PREFIX + "EVENTS_LOST";
    public static final String RECOVERED = PREFIX + "RECOVERED";
    public static final String CONTROLLER_QUARANTINED = PREFIX + "CONTROLLER_QUARANTINED";

    private static final Topics TOPICS = new Topics();

    private Topics() {}

    /** Returns the topic of {@code event}. */
    public static String of(Event event) {
        return event.accept(TOPICS);
    }

    @Override
    public String connectionCreated(ConnectionCreated event) {
        return CONNECTION_CREATED;
    }

    @Override
    public String connectionEstablished(ConnectionEstablished event) {
        return CONNECTION_ESTABLISHED;
    }

    @Override
    public String connectionClosed(ConnectionClosed event) {
        return CONNECTION_CLOSED;
    }

    @Override
    public String addressAnnounced(AddressAnnounced event) {
        return ADDRESS_ANNOUNCED;
    }

    @Override
    public String addressRemoved(AddressRemoved event) {
        return ADDRESS_REMOVED;
    }

    @Override
    public String subflowEstablished(SubflowEstablished event) {
        return SUBFLOW_ESTABLISHED;
    }

    @Override
    public String subflowClosed(SubflowClosed event) {
        return SUBFLOW_CLOSED;
    }

    @Override
    public String subflowPriority(SubflowPriority event) {
        return SUBFLOW_PRIORITY;
    }

    @Override
    public String subflowTimeout(SubflowTimeout event) {
        return SUBFLOW_TIMEOUT;
    }

    @Override
    public String commandDone(CommandDone event) {
        return COMMAND_DONE;
    }

    @Override
    public String controllerAssigned(ControllerAssigned event) {
        return CONTROLLER_ASSIGNED;
    }

    @Override
    public String listenerCreated(ListenerCreated event) {
        return LISTENER_CREATED;
    }

    @Override
    public String listenerClosed(ListenerClosed event) {
        return LISTENER_CLOSED;
    }

    @Override
    public String localAddressAdded(LocalAddressAdded event) {
        return LOCAL_ADDRESS_ADDED;
    }

    @Override
    public String localAddressRemoved(LocalAddressRemoved event) {
        return LOCAL_ADDRESS_REMOVED;
    }

    @Override
    public String eventsLost(EventsLost event) {
        return EVENTS_LOST;
    }

    @Override
    public String recovered(Recovered event) {
        return RECOVERED;
    }

    @Override
    public String controllerQuarantined(ControllerQuarantined event) {
        return CONTROLLER_QUARANTINED;
    }
}
