package org.smapp.api.event;

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
    @Override
    public <R> R accept(Handler<R> handler) {
        return handler.subflowTimeout(this);
    }
}
