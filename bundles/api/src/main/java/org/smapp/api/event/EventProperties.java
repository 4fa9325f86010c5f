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

/** Collects the properties of one event. What several kinds of events hold has the same names in all of them. */
final class EventProperties {

    private final Map<String, Object> map = new LinkedHashMap<>();

    static EventProperties of(Token token) {
        return new EventProperties().with("token", token.unsigned());
    }

    static EventProperties connection(Token token, Side side, FourTuple tuple, boolean denyJoinId0) {
        return of(token).with("side", side.name()).with(tuple).with("denyJoinId0", denyJoinId0);
    }

    static EventProperties subflow(
            Token token, FourTuple tuple, int localId, int remoteId, boolean backup, int interfaceIndex) {
        return of(token)
                .with(tuple)
                .with("localId", localId)
                .with("remoteId", remoteId)
                .with("backup", backup)
                .with("interfaceIndex", interfaceIndex);
    }

    EventProperties with(String name, String value) {
        return put(name, value);
    }

    EventProperties with(String name, boolean value) {
        return put(name, value);
    }

    EventProperties with(String name, int value) {
        return put(name, value);
    }

    EventProperties with(String name, long value) {
        return put(name, value);
    }

    /** Adds {@code remoteAddress} and {@code remotePort} for the end {@code remote}. */
    EventProperties with(String end, TransportAddress at) {
        return with(end + "Address", at.address().toString()).with(end + "Port", at.port());
    }

    EventProperties with(FourTuple tuple) {
        return with("local", tuple.local()).with("remote", tuple.remote());
    }

    EventProperties with(LocalAddress address) {
        return with("localAddress", address.address().toString())
                .with("prefixLength", address.prefixLength())
                .with("interface", address.interfaceName())
                .with("interfaceIndex", address.interfaceIndex());
    }

    EventProperties with(CloseCause cause) {
        with("errno", cause.errno());
        if (cause.resetReason() != CloseCause.NO_RESET) {
            with("resetReason", cause.resetReason()).with("resetTransient", cause.resetTransient());
        }
        return with("cause", cause.toString());
    }

    EventProperties with(Outcome outcome) {
        with("accepted", outcome.isAccepted()).with("outcome", outcome.sentence());
        return outcome instanceof Outcome.Refused refused ? with("errno", refused.errno()) : this;
    }

    /** Simple Java types only: all that Event Admin's handlers and JSON can take. */
    private EventProperties put(String name, Object value) {
        map.put(name, value);
        return this;
    }

    Map<String, Object> map() {
        return map;
    }
}
