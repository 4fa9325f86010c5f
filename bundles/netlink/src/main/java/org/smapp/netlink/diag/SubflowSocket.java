package org.smapp.netlink.diag;

/**
 * A TCP socket that is a subflow of a Multipath TCP connection.
 *
 * @param id its ends
 * @param state a state of TCP, such as {@link SocketStates#ESTABLISHED}
 * @param uid the user who opened the connection
 * @param inode that of the connection
 * @param token that of the connection, its name on this host
 * @param remoteToken the peer's token, known only for subflows that this host joined with; else 0
 * @param localId the address id of the local address
 * @param remoteId the address id of the remote address
 * @param flags the bits MPTCP_SUBFLOW_FLAG_* (linux/mptcp.h)
 * @param tcp what TCP knows of it
 * @param congestionControl the name of its congestion control
 */
public record SubflowSocket(
        SocketId id,
        int state,
        long uid,
        long inode,
        int token,
        int remoteToken,
        int localId,
        int remoteId,
        int flags,
        TcpInfo tcp,
        String congestionControl) {

    private static final int CAPABLE_REMOTE = 0x1;
    private static final int CAPABLE_LOCAL = 0x2;
    private static final int JOIN_LOCAL = 0x8;
    private static final int BACKUP_REMOTE = 0x10;
    private static final int BACKUP_LOCAL = 0x20;
    private static final int FULLY_ESTABLISHED = 0x40;

    /** Returns whether the connection began with it. */
    public boolean isInitial() {
        return (flags & (CAPABLE_REMOTE | CAPABLE_LOCAL)) != 0;
    }

    /** Returns whether this host opened it: of the initial subflow it tells who is the client. */
    public boolean isOpenedHere() {
        return (flags & (CAPABLE_LOCAL | JOIN_LOCAL)) != 0;
    }

    /** Returns whether this host asked for it to be used only when no other works. */
    public boolean isBackupHere() {
        return (flags & BACKUP_LOCAL) != 0;
    }

    /** Returns whether the peer asked for it to be used only when no other works. */
    public boolean isBackupByPeer() {
        return (flags & BACKUP_REMOTE) != 0;
    }

    /** Returns whether the peer has confirmed that it speaks Multipath TCP on it. */
    public boolean isFullyEstablished() {
        return (flags & FULLY_ESTABLISHED) != 0;
    }
}
