package org.smapp.testkit.kernel;

import org.smapp.api.FourTuple;

/**
 * A subflow as the fake kernel keeps it.
 *
 * @param openedHere whether this host opened it, not the peer
 * @param connecting whether the peer has not answered yet
 * @param device the number of the interface that it is bound to, or 0
 */
record KernelSubflow(
        FourTuple tuple,
        int localId,
        int remoteId,
        boolean initial,
        boolean openedHere,
        boolean connecting,
        boolean backupHere,
        boolean backupByPeer,
        int device) {

    KernelSubflow established() {
        return new KernelSubflow(
                tuple, localId, remoteId, initial, openedHere, false, backupHere, backupByPeer, device);
    }

    KernelSubflow withBackupHere(boolean backup) {
        return new KernelSubflow(
                tuple, localId, remoteId, initial, openedHere, connecting, backup, backupByPeer, device);
    }

    KernelSubflow withBackupByPeer(boolean backup) {
        return new KernelSubflow(tuple, localId, remoteId, initial, openedHere, connecting, backupHere, backup, device);
    }
}
