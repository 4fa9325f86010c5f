package org.smapp.netlink.diag;

import org.smapp.netlink.AttributeReader;

/**
 * What TCP knows of a subflow: the fields of struct tcp_info (linux/tcp.h) that tell how good a path is. What an older kernel
 * does not tell is 0.
 *
 * @param retransmits how many times in a row the oldest segment has been sent again for lack of an answer
 * @param backoff how many times the retransmission timer has been doubled
 * @param rtoUs the retransmission timer, in microseconds; doubled already after it expired
 * @param unacknowledgedSegments segments under way
 * @param lostSegments segments taken for lost
 * @param rttUs the smoothed round-trip time, in microseconds
 * @param rttVariationUs how much it varies, in microseconds
 * @param minRttUs the smallest round-trip time of late, in microseconds
 * @param congestionWindow in segments
 * @param totalRetransmits segments sent again, ever
 * @param pacingRate bytes per second
 * @param deliveryRate bytes per second, as last measured; stale while the subflow is idle
 * @param bytesSent payload sent, with what was sent again
 * @param bytesAcknowledged payload acknowledged
 * @param bytesReceived payload received
 * @param bytesRetransmitted payload sent again
 * @param unsentBytes payload that waits to be sent
 * @param lastDataSentMs how long ago data was sent, in milliseconds
 * @param lastAckReceivedMs how long ago an acknowledgement came, in milliseconds
 * @param totalTimeouts how many times the retransmission timer expired, ever, modulo 65536 (Linux 6.7)
 * @param tellsTimeouts whether the kernel is new enough for {@code totalTimeouts}
 * @param slowStartThreshold in segments; 2147483647 before the first loss
 * @param lastDataReceivedMs how long ago data came, in milliseconds
 * @param pathMtuBytes the largest packet that fits
 * @param busyUs how long it had something to send or to wait for, in microseconds
 * @param receiverLimitedUs how long of that the peer's window held it up, in microseconds
 * @param senderLimitedUs how long of that its own send buffer did, in microseconds
 */
public record TcpInfo(
        int retransmits,
        int backoff,
        long rtoUs,
        int unacknowledgedSegments,
        int lostSegments,
        long rttUs,
        long rttVariationUs,
        long minRttUs,
        int congestionWindow,
        int totalRetransmits,
        long pacingRate,
        long deliveryRate,
        long bytesSent,
        long bytesAcknowledged,
        long bytesReceived,
        long bytesRetransmitted,
        long unsentBytes,
        long lastDataSentMs,
        long lastAckReceivedMs,
        int totalTimeouts,
        boolean tellsTimeouts,
        int slowStartThreshold,
        long lastDataReceivedMs,
        int pathMtuBytes,
        long busyUs,
        long receiverLimitedUs,
        long senderLimitedUs) {

    /** For a socket that told nothing. */
    static final TcpInfo NONE = of(new StructReader(new AttributeReader()));

    /** Reads struct tcp_info; offsets as on all 64-bit architectures. */
    static TcpInfo of(StructReader struct) {
        return new TcpInfo(
                struct.u8(2),
                struct.u8(4),
                struct.u32(8),
                (int) struct.u32(24),
                (int) struct.u32(32),
                struct.u32(68),
                struct.u32(72),
                struct.u32(148),
                (int) struct.u32(80),
                (int) struct.u32(100),
                struct.u64(104),
                struct.u64(160),
                struct.u64(200),
                struct.u64(120),
                struct.u64(128),
                struct.u64(208),
                struct.u32(144),
                struct.u32(44),
                struct.u32(56),
                struct.u16(240),
                struct.has(240, Short.BYTES),
                (int) struct.u32(76),
                struct.u32(52),
                (int) struct.u32(60),
                struct.u64(168),
                struct.u64(176),
                struct.u64(184));
    }
}
