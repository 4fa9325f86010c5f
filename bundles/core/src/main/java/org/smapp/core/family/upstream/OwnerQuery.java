package org.smapp.core.family.upstream;

import org.smapp.api.Command;
import org.smapp.api.Errno;
import org.smapp.api.FourTuple;
import org.smapp.api.IpAddress;
import org.smapp.api.Token;
import org.smapp.core.family.KernelFamily;
import org.smapp.linux.LinuxException;
import org.smapp.netlink.NetlinkRequester;

/** Finds out whose a connection is, by asking the kernel to destroy a subflow that can't exist. For one thread. */
final class OwnerQuery implements KernelFamily.Queries {

    private static final IpAddress NOWHERE = IpAddress.v4(0);

    private final NetlinkRequester requester;
    private final KernelFamily.Encoder encoder;

    OwnerQuery(NetlinkRequester requester, KernelFamily.Encoder encoder) {
        this.requester = requester;
        this.encoder = encoder;
    }

    /** {@inheritDoc} The kernel looks for the connection and its path manager first, and then finds no such subflow (ESRCH). */
    @Override
    public boolean isOurs(Token token) throws LinuxException {
        Command impossible = new Command.DestroySubflow(token, new FourTuple(NOWHERE, 1, NOWHERE, 1));
        return Errno.ESRCH.is(requester.request(encoder.encode(impossible)));
    }
}
