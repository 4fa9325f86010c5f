package org.smapp.core.publish;

import org.smapp.api.event.AddressAnnounced;
import org.smapp.api.event.AddressRemoved;
import org.smapp.api.event.CommandDone;
import org.smapp.api.event.ConnectionClosed;
import org.smapp.api.event.ConnectionCreated;
import org.smapp.api.event.ConnectionEstablished;
import org.smapp.api.event.ControllerAssigned;
import org.smapp.api.event.ControllerQuarantined;
import org.smapp.api.event.Event;
import org.smapp.api.event.EventsLost;
import org.smapp.api.event.ListenerClosed;
import org.smapp.api.event.ListenerCreated;
import org.smapp.api.event.LocalAddressAdded;
import org.smapp.api.event.LocalAddressRemoved;
import org.smapp.api.event.Recovered;
import org.smapp.api.event.SubflowClosed;
import org.smapp.api.event.SubflowEstablished;
import org.smapp.api.event.SubflowPriority;
import org.smapp.api.event.SubflowTimeout;

/** One line for each event: which connection, what, why. */
final class LogLine implements Event.Handler<String> {

    static final LogLine LINE = new LogLine();

    private LogLine() {}

    @Override
    public String connectionCreated(ConnectionCreated event) {
        return event.token() + " created, " + event.side() + ", " + event.tuple();
    }

    @Override
    public String connectionEstablished(ConnectionEstablished event) {
        return event.token() + " established";
    }

    @Override
    public String connectionClosed(ConnectionClosed event) {
        return event.token() + " closed";
    }

    @Override
    public String addressAnnounced(AddressAnnounced event) {
        return event.token() + " peer announced " + event.remote() + " as id " + event.remoteId();
    }

    @Override
    public String addressRemoved(AddressRemoved event) {
        return event.token() + " peer withdrew address id " + event.remoteId();
    }

    @Override
    public String subflowEstablished(SubflowEstablished event) {
        return event.token() + " subflow established, " + event.tuple() + (event.backup() ? ", backup" : "");
    }

    @Override
    public String subflowClosed(SubflowClosed event) {
        return event.token() + " subflow closed, " + event.tuple() + ": " + event.cause();
    }

    @Override
    public String subflowPriority(SubflowPriority event) {
        return event.token() + " peer " + (event.backup() ? "set" : "cleared") + " backup on " + event.tuple();
    }

    @Override
    public String subflowTimeout(SubflowTimeout event) {
        return event.token() + " retransmission time-out of " + event.rtoMs() + " ms, number " + event.consecutive()
                + " in a row, on " + event.tuple();
    }

    @Override
    public String commandDone(CommandDone event) {
        String why = event.reason().isEmpty() ? "" : " because " + event.reason();
        return event.token() + " " + event.controller() + ": " + event.command() + why + ": "
                + event.outcome().sentence() + " (" + event.reactionNanos() / 1000 + " us)";
    }

    @Override
    public String controllerAssigned(ControllerAssigned event) {
        String to = event.controller().isEmpty()
                ? "no controller"
                : event.controller() + " " + event.version() + " by rule " + event.rule();
        return event.token() + " belongs to " + to + ": " + event.reason();
    }

    @Override
    public String listenerCreated(ListenerCreated event) {
        return "listener created, " + event.local();
    }

    @Override
    public String listenerClosed(ListenerClosed event) {
        return "listener closed, " + event.local();
    }

    @Override
    public String localAddressAdded(LocalAddressAdded event) {
        return "local address " + event.address() + " is usable: " + event.reason();
    }

    @Override
    public String localAddressRemoved(LocalAddressRemoved event) {
        return "local address " + event.address() + " is not usable: " + event.reason();
    }

    @Override
    public String eventsLost(EventsLost event) {
        return "events lost by " + event.source() + (event.count() < 0 ? "" : ": " + event.count());
    }

    @Override
    public String recovered(Recovered event) {
        return "compared with the kernel in " + event.tookMs() + " ms because " + event.reason() + ": "
                + event.connections() + " connections, " + event.subflows() + " subflows";
    }

    @Override
    public String controllerQuarantined(ControllerQuarantined event) {
        return "controller " + event.controller() + " " + event.version() + " is out of service: " + event.reason();
    }
}
