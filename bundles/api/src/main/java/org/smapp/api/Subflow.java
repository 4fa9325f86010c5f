package org.smapp.api;

/**
 * One TCP subflow of a connection, as it was at one moment.
 *
 * @param tuple its two ends
 * @param localId the address id of its local address
 * @param remoteId the address id of its remote address
 * @param state how far it has come
 * @param backup whether this host or the peer asked for it to be used only when no other subflow works (RFC 8684, 3.3.8)
 * @param interfaceName the interface that has its local address, or the empty string when none has it any more
 */
public record Subflow(
        FourTuple tuple, int localId, int remoteId, SubflowState state, boolean backup, String interfaceName) {

    /** Returns whether the subflow begins at this address of the host. */
    public boolean isOver(IpAddress local) {
        return tuple.localAddress().unmapped().equals(local.unmapped());
    }

    /** Returns whether the subflow connects these two, whatever its local port. */
    public boolean connects(IpAddress local, TransportAddress remote) {
        return tuple.remotePort() == remote.port()
                && isOver(local)
                && tuple.remoteAddress().unmapped().equals(remote.address().unmapped());
    }

    /** Returns this subflow with its interface under another name. */
    public Subflow withInterface(String name) {
        return new Subflow(tuple, localId, remoteId, state, backup, name);
    }

    /** Returns this subflow with another backup mark. */
    public Subflow withBackup(boolean next) {
        return new Subflow(tuple, localId, remoteId, state, next, interfaceName);
    }
}
