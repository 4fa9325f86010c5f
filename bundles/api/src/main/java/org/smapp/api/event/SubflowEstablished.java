package org.smapp.api.event;

import java.util.Map;
import org.smapp.api.FourTuple;
import org.smapp.api.Token;

/**
 * A further subflow finished its handshake (kernel event 10). The initial subflow has no such event.
 *
 * @param token the connection
 * @param tuple its two ends
 * @param localId the address id of the local address
 * @param remoteId the address id of the remote address
 * @param backup whether the peer asked for backup; what this host asked for is not in the event
 * @param interfaceIndex the interface that the subflow is bound to, 0 when it is not
 */
public record SubflowEstablished(
        Token token, FourTuple tuple, int localId, int remoteId, boolean backup, int interfaceIndex)
        implements ConnectionEvent {

    /** Its topic. */
    public static final String TOPIC = TOPIC_PREFIX + "SUBFLOW_ESTABLISHED";

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
        return "subflow established, " + tuple.unmapped() + ", ids " + localId + "/" + remoteId
                + (backup ? ", backup" : "");
    }

    @Override
    public <R> R accept(Handler<R> handler) {
        return handler.subflowEstablished(this);
    }
}
