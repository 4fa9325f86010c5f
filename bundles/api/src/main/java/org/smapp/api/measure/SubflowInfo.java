package org.smapp.api.measure;

import org.smapp.api.FourTuple;
import org.smapp.api.Token;

/**
 * What the kernel knows of a subflow (struct tcp_info), at one moment. What an older kernel does not tell is 0.
 *
 * @param token its connection
 * @param tuple its two ends
 * @param localId the address id of its local address
 * @param remoteId the address id of its remote address
 * @param state the state of TCP
 * @param congestionControl the name of its congestion control, such as {@code cubic}
 * @param rttUs the smoothed round-trip time, in microseconds
 * @param rttVariationUs how much it varies, in microseconds
 * @param minRttUs the smallest round-trip time of late, in microseconds
 * @param rtoUs the retransmission time-out, in microseconds; doubled already after it expired
 * @param consecutiveTimeouts how many times in a row it expired
 * @param timeouts how many times it expired, ever, modulo 65536 (Linux 6.7); or {@link #NOT_TOLD}
 * @param congestionWindowSegments the congestion window, in segments
 * @param slowStartThresholdSegments where slow start ends, in segments; 2147483647 before the first loss
 * @param unacknowledgedSegments segments under way
 * @param lostSegments segments taken for lost
 * @param retransmittedSegments segments sent again, ever
 * @param pacingRateBytesPerSecond how fast it would send now; -1 for no limit
 * @param deliveryRateBytesPerSecond as last measured; stale while the subflow is idle
 * @param bytesSent payload sent, with what was sent again
 * @param bytesAcknowledged payload acknowledged
 * @param bytesReceived payload received
 * @param bytesRetransmitted payload sent again
 * @param unsentBytes payload that waits to be sent
 * @param lastDataSentMs how long ago data was sent, in milliseconds
 * @param lastDataReceivedMs how long ago data came, in milliseconds
 * @param lastAckReceivedMs how long ago an acknowledgement came, in milliseconds
 * @param busyUs how long it had something to send or to wait for, in microseconds
 * @param receiverLimitedUs how long of that the peer's window held it up, in microseconds
 * @param senderLimitedUs how long of that its own send buffer did, in microseconds
 * @param pathMtuBytes the largest packet that fits
 */
public record SubflowInfo(
        Token token,
        FourTuple tuple,
        int localId,
        int remoteId,
        TcpState state,
        String congestionControl,
        long rttUs,
        long rttVariationUs,
        long minRttUs,
        long rtoUs,
        int consecutiveTimeouts,
        int timeouts,
        int congestionWindowSegments,
        int slowStartThresholdSegments,
        int unacknowledgedSegments,
        int lostSegments,
        int retransmittedSegments,
        long pacingRateBytesPerSecond,
        long deliveryRateBytesPerSecond,
        long bytesSent,
        long bytesAcknowledged,
        long bytesReceived,
        long bytesRetransmitted,
        long unsentBytes,
        long lastDataSentMs,
        long lastDataReceivedMs,
        long lastAckReceivedMs,
        long busyUs,
        long receiverLimitedUs,
        long senderLimitedUs,
        int pathMtuBytes) {

    /** In {@link #timeouts}: the kernel is older than that counter. */
    public static final int NOT_TOLD = -1;
}
