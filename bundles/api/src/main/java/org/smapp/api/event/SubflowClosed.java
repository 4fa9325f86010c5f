package org.smapp.api.event;

import java.util.Map;
import org.smapp.api.CloseCause;
import org.smapp.api.FourTuple;
import org.smapp.api.Token;

/**
 * A subflow ended (kernel event 11); not sent for those that end with their connection.
 *
 * @param token the connection
 * @param tuple its two ends
 * @param localId the address id of the local address
 * @param remoteId the address id of the remote address
 * @param backup whether the peer asked for backup
 * @param interfaceIndex the interface that the subflow is bound to, 0 when it is not
 * @param cause why
 */
public record SubflowClosed(
        Token token, FourTuple tuple, int localId, int remoteId, boolean backup, int interfaceIndex, CloseCause cause)
        implements ConnectionEvent {

    /** Its topic. */
    public static final String TOPIC = TOPIC_PREFIX + "SUBFLOW_CLOSED";

    @Override
    public String topic() {
        return TOPIC;
    }

    @Override
    public Map<String, Object> properties() {
        return EventProperties.subflow(token, tuple, localId, remoteId, backup, interfaceIndex)
                .with(cause)
                .map();
    }

    @Override
    public String sentence() {
        return "subflow closed, " + tuple.unmapped() + ", ids " + localId + "/" + remoteId + ": " + cause;
    }

    /** Returns the same with another cause. */
    public SubflowClosed because(CloseCause other) {
        return new SubflowClosed(token, tuple, localId, remoteId, backup, interfaceIndex, other);
    }

    @Override
    public <R> R accept(Handler<R> handler) {
        return handler.subflowClosed(this);
    }
}
