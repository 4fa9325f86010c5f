package org.smapp.api.measure;

import org.smapp.api.FourTuple;
import org.smapp.api.Token;

/**
 * What the kernel knows of a connection as a whole (struct mptcp_info), at one moment. What an older kernel does not tell is 0.
 *
 * @param token the connection
 * @param tuple the ends of its initial subflow, which may be gone
 * @param state the state of the connection as the application sees it
 * @param subflowCount how many subflows it has; a kernel before 6.5 does not tell whether the initial one is among them
 * @param fallback whether it has become plain TCP, for good
 * @param flags the bits {@code MPTCP_INFO_FLAG_*}: 1 fallback, 2 the peer's key was received
 * @param writeSequence the data sequence number after the last byte that the application wrote
 * @param unacknowledgedSequence the first one that the peer has not acknowledged (snd_una)
 * @param receivedSequence the next one that is expected from the peer
 * @param bytesSent how many bytes of data were sent, on all subflows together (Linux 6.5)
 * @param bytesAcknowledged likewise acknowledged by the peer
 * @param bytesReceived likewise received
 * @param bytesRetransmitted likewise sent again, on another subflow
 * @param retransmissions how many times data was sent again for lack of an acknowledgement
 * @param lastDataSentMs how long ago data was sent, in milliseconds (Linux 6.10)
 * @param lastDataReceivedMs how long ago data came, in milliseconds
 * @param lastAckReceivedMs how long ago an acknowledgement came, in milliseconds
 */
public record ConnectionInfo(
        Token token,
        FourTuple tuple,
        TcpState state,
        int subflowCount,
        boolean fallback,
        int flags,
        long writeSequence,
        long unacknowledgedSequence,
        long receivedSequence,
        long bytesSent,
        long bytesAcknowledged,
        long bytesReceived,
        long bytesRetransmitted,
        long retransmissions,
        long lastDataSentMs,
        long lastDataReceivedMs,
        long lastAckReceivedMs) {

    /** Returns how many bytes the application wrote that the peer has not acknowledged. */
    public long backlogBytes() {
        return writeSequence - unacknowledgedSequence;
    }
}
