package org.smapp.testkit.controller;

import org.smapp.api.Subflow;
import org.smapp.api.Token;
import org.smapp.api.measure.SubflowInfo;
import org.smapp.api.measure.TcpState;

/**
 * What a made-up subflow answers when it is asked for its figures; the names are those of {@link SubflowInfo}. What is not set
 * is as on a fresh subflow. For one thread.
 */
public final class SubflowFigures {

    private TcpState state = TcpState.ESTABLISHED;
    private String congestionControl = "cubic";
    private long rttUs;
    private long rttVariationUs;
    private long minRttUs;
    private long rtoUs;
    private int consecutiveTimeouts;
    private int timeouts;
    private int congestionWindowSegments = 10;
    private int slowStartThresholdSegments = Integer.MAX_VALUE;
    private int unacknowledgedSegments;
    private int lostSegments;
    private int retransmittedSegments;
    private long pacingRateBytesPerSecond;
    private long deliveryRateBytesPerSecond;
    private long bytesSent;
    private long bytesAcknowledged;
    private long bytesReceived;
    private long bytesRetransmitted;
    private long unsentBytes;
    private long lastDataSentMs;
    private long lastDataReceivedMs;
    private long lastAckReceivedMs;
    private long busyUs;
    private long receiverLimitedUs;
    private long senderLimitedUs;
    private int pathMtuBytes;

    SubflowFigures() {}

    public SubflowFigures state(TcpState value) {
        state = value;
        return this;
    }

    public SubflowFigures congestionControl(String value) {
        congestionControl = value;
        return this;
    }

    public SubflowFigures rttUs(long value) {
        rttUs = value;
        return this;
    }

    public SubflowFigures rttVariationUs(long value) {
        rttVariationUs = value;
        return this;
    }

    public SubflowFigures minRttUs(long value) {
        minRttUs = value;
        return this;
    }

    public SubflowFigures rtoUs(long value) {
        rtoUs = value;
        return this;
    }

    public SubflowFigures consecutiveTimeouts(int value) {
        consecutiveTimeouts = value;
        return this;
    }

    public SubflowFigures timeouts(int value) {
        timeouts = value;
        return this;
    }

    public SubflowFigures congestionWindowSegments(int value) {
        congestionWindowSegments = value;
        return this;
    }

    public SubflowFigures slowStartThresholdSegments(int value) {
        slowStartThresholdSegments = value;
        return this;
    }

    public SubflowFigures unacknowledgedSegments(int value) {
        unacknowledgedSegments = value;
        return this;
    }

    public SubflowFigures lostSegments(int value) {
        lostSegments = value;
        return this;
    }

    public SubflowFigures retransmittedSegments(int value) {
        retransmittedSegments = value;
        return this;
    }

    public SubflowFigures pacingRateBytesPerSecond(long value) {
        pacingRateBytesPerSecond = value;
        return this;
    }

    public SubflowFigures deliveryRateBytesPerSecond(long value) {
        deliveryRateBytesPerSecond = value;
        return this;
    }

    public SubflowFigures bytesSent(long value) {
        bytesSent = value;
        return this;
    }

    public SubflowFigures bytesAcknowledged(long value) {
        bytesAcknowledged = value;
        return this;
    }

    public SubflowFigures bytesReceived(long value) {
        bytesReceived = value;
        return this;
    }

    public SubflowFigures bytesRetransmitted(long value) {
        bytesRetransmitted = value;
        return this;
    }

    public SubflowFigures unsentBytes(long value) {
        unsentBytes = value;
        return this;
    }

    public SubflowFigures lastDataSentMs(long value) {
        lastDataSentMs = value;
        return this;
    }

    public SubflowFigures lastDataReceivedMs(long value) {
        lastDataReceivedMs = value;
        return this;
    }

    public SubflowFigures lastAckReceivedMs(long value) {
        lastAckReceivedMs = value;
        return this;
    }

    public SubflowFigures busyUs(long value) {
        busyUs = value;
        return this;
    }

    public SubflowFigures receiverLimitedUs(long value) {
        receiverLimitedUs = value;
        return this;
    }

    public SubflowFigures senderLimitedUs(long value) {
        senderLimitedUs = value;
        return this;
    }

    public SubflowFigures pathMtuBytes(int value) {
        pathMtuBytes = value;
        return this;
    }

    SubflowInfo of(Token token, Subflow subflow) {
        return new SubflowInfo(
                token,
                subflow.tuple(),
                subflow.localId(),
                subflow.remoteId(),
                state,
                congestionControl,
                rttUs,
                rttVariationUs,
                minRttUs,
                rtoUs,
                consecutiveTimeouts,
                timeouts,
                congestionWindowSegments,
                slowStartThresholdSegments,
                unacknowledgedSegments,
                lostSegments,
                retransmittedSegments,
                pacingRateBytesPerSecond,
                deliveryRateBytesPerSecond,
                bytesSent,
                bytesAcknowledged,
                bytesReceived,
                bytesRetransmitted,
                unsentBytes,
                lastDataSentMs,
                lastDataReceivedMs,
                lastAckReceivedMs,
                busyUs,
                receiverLimitedUs,
                senderLimitedUs,
                pathMtuBytes);
    }
}
