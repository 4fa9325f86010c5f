package org.smapp.api.event;

import java.util.Map;
import org.smapp.api.FourTuple;
import org.smapp.api.Token;

/**
 * The peer changed a subflow's backup mark (MP_PRIO, kernel event 13).
 *
 * @param token the connection
 * @param tuple its two ends
 * @param localId the address id of the local address
 * @param remoteId the address id of the remote address
 * @param backup the mark from now on
 * @param interfaceIndex the interface that the subflow is bound to, 0 when it is not
 */
public record SubflowPriority(
        Token token, FourTuple tuple, int localId, int remoteId, boolean backup, int interfaceIndex)
        implements ConnectionEvent {

    /** Its topic. */
    public static final String TOPIC = TOPIC_PREFIX + "SUBFLOW_PRIORITY";

    @Override
    public String topic() {
        return TOPIC;
    }

    @Override
    public Map<String, Object> properties() {
        return EventProperties.subflow(token, tuple, localId, remoteId, backup, interfaceIndex)
                .map();
    }

    @Override
    public String sentence() {
        return "peer " + (backup ? "set" : "cleared") + " backup on " + tuple.unmapped();
    }

    @Override
    public <R> R accept(Handler<R> handler) {
        return handler.subflowPriority(this);
    }
}
