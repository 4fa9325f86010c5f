package org.smapp.netlink.diag;

/**
 * A Multipath TCP connection, as the application holds it.
 *
 * <p>Struct mptcp_info (linux/mptcp.h) grows with the kernel; what an older one does not tell is 0.
 *
 * @param id the ends of the initial subflow
 * @param state a state of TCP, such as {@link SocketStates#ESTABLISHED}
 * @param uid the user who opened it
 * @param inode the number that {@code /proc/PID/fd} shows, the same in its subflows; 0 once no process holds it
 * @param token its name on this host, never 0
 * @param subflows how many subflows it has besides the initial one
 * @param fallback whether it has become plain TCP, for good: it emits no events
 * @param writeSequence the data sequence number after the last byte that the application wrote
 * @param unacknowledgedSequence the first one that the peer has not acknowledged
 * @param receivedSequence the next one that is expected from the peer
 * @param bytesSent how many bytes of data were sent, on all subflows together (Linux 6.5)
 * @param bytesReceived likewise received
 * @param bytesRetransmitted likewise sent again, on another subflow
 * @param bytesAcknowledged likewise acknowledged by the peer
 * @param flags the bits MPTCP_INFO_FLAG_*
 * @param subflowsTotal how many subflows it has, the initial one included while it is there (Linux 6.5)
 * @param retransmissions how many times data was sent again for lack of an acknowledgement
 * @param lastDataSentMs how long ago data was sent, in milliseconds (Linux 6.10)
 * @param lastDataReceivedMs how long ago data came, in milliseconds
 * @param lastAckReceivedMs how long ago an acknowledgement came, in milliseconds
 */
public record MptcpSocket(
        SocketId id,
        int state,
        long uid,
        long inode,
        int token,
        int subflows,
        boolean fallback,
        long writeSequence,
        long unacknowledgedSequence,
        long receivedSequence,
        long bytesSent,
        long bytesReceived,
        long bytesRetransmitted,
        long bytesAcknowledged,
        int flags,
        int subflowsTotal,
        long retransmissions,
        long lastDataSentMs,
        long lastDataReceivedMs,
        long lastAckReceivedMs) {

    /** Returns how many bytes the application wrote that the peer has not acknowledged. */
    public long backlogBytes() {
        return writeSequence - unacknowledgedSequence;
    }
}
