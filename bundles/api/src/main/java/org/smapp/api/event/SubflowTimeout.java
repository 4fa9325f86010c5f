package org.smapp.api.event;

import java.util.Map;
import org.smapp.api.FourTuple;
import org.smapp.api.Token;

/**
 * A subflow's retransmission timer expired: the {@code timeout} event of the SMAPP paper (CoNEXT 2015), which the
 * kernel itself does not send.
 *
 * @param token the connection
 * @param tuple its two ends
 * @param rtoMs the time-out that expired, in milliseconds
 * @param consecutive how many expired in a row, from 1
 * @param lastBeforeGivingUp whether the kernel gives the subflow up now
 */
public record SubflowTimeout(Token token, FourTuple tuple, int rtoMs, int consecutive, boolean lastBeforeGivingUp)
        implements ConnectionEvent {

    /** Its topic. */
    public static final String TOPIC = TOPIC_PREFIX + "SUBFLOW_TIMEOUT";

    @Override
    public String topic() {
        return TOPIC;
    }

    @Override
    public Map<String, Object> properties() {
        return EventProperties.of(token)
                .with(tuple)
                .with("rtoMs", rtoMs)
                .with("consecutive", consecutive)
                .with("lastBeforeGivingUp", lastBeforeGivingUp)
                .map();
    }

    @Override
    public String sentence() {
        return "subflow timeout, " + tuple.unmapped() + ": nothing acknowledged within " + rtoMs + " ms, number "
                + consecutive + " in a row" + (lastBeforeGivingUp ? ", and the kernel gives it up" : "");
    }

    @Override
    public <R> R accept(Handler<R> handler) {
        return handler.subflowTimeout(this);
    }
}
