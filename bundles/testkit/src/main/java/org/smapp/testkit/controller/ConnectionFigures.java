package org.smapp.testkit.controller;

import org.smapp.api.FourTuple;
import org.smapp.api.Token;
import org.smapp.api.measure.ConnectionInfo;
import org.smapp.api.measure.TcpState;

/**
 * What a made-up connection answers when it is asked for its figures; the names are those of {@link ConnectionInfo}. What is
 * not set is as on a fresh connection. For one thread.
 */
public final class ConnectionFigures {

    private TcpState state = TcpState.ESTABLISHED;
    private boolean fallback;
    private int flags;
    private long writeSequence;
    private long unacknowledgedSequence;
    private long receivedSequence;
    private long bytesSent;
    private long bytesAcknowledged;
    private long bytesReceived;
    private long bytesRetransmitted;
    private long retransmissions;
    private long lastDataSentMs;
    private long lastDataReceivedMs;
    private long lastAckReceivedMs;

    ConnectionFigures() {}

    public ConnectionFigures state(TcpState value) {
        state = value;
        return this;
    }

    public ConnectionFigures fallback(boolean value) {
        fallback = value;
        return this;
    }

    public ConnectionFigures flags(int value) {
        flags = value;
        return this;
    }

    public ConnectionFigures writeSequence(long value) {
        writeSequence = value;
        return this;
    }

    public ConnectionFigures unacknowledgedSequence(long value) {
        unacknowledgedSequence = value;
        return this;
    }

    public ConnectionFigures receivedSequence(long value) {
        receivedSequence = value;
        return this;
    }

    public ConnectionFigures bytesSent(long value) {
        bytesSent = value;
        return this;
    }

    public ConnectionFigures bytesAcknowledged(long value) {
        bytesAcknowledged = value;
        return this;
    }

    public ConnectionFigures bytesReceived(long value) {
        bytesReceived = value;
        return this;
    }

    public ConnectionFigures bytesRetransmitted(long value) {
        bytesRetransmitted = value;
        return this;
    }

    public ConnectionFigures retransmissions(long value) {
        retransmissions = value;
        return this;
    }

    public ConnectionFigures lastDataSentMs(long value) {
        lastDataSentMs = value;
        return this;
    }

    public ConnectionFigures lastDataReceivedMs(long value) {
        lastDataReceivedMs = value;
        return this;
    }

    public ConnectionFigures lastAckReceivedMs(long value) {
        lastAckReceivedMs = value;
        return this;
    }

    ConnectionInfo of(Token token, FourTuple tuple, int subflows) {
        return new ConnectionInfo(
                token,
                tuple,
                state,
                subflows,
                fallback,
                flags,
                writeSequence,
                unacknowledgedSequence,
                receivedSequence,
                bytesSent,
                bytesAcknowledged,
                bytesReceived,
                bytesRetransmitted,
                retransmissions,
                lastDataSentMs,
                lastDataReceivedMs,
                lastAckReceivedMs);
    }
}
