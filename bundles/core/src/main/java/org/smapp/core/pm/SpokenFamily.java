package org.smapp.core.pm;

import java.util.List;
import org.smapp.core.family.KernelFamily;
import org.smapp.core.family.upstream.UpstreamFamily;
import org.smapp.linux.Errno;
import org.smapp.linux.Linux;
import org.smapp.linux.LinuxException;
import org.smapp.linux.NetlinkSocket;
import org.smapp.linux.NetworkNamespace;
import org.smapp.netlink.GenericFamily;
import org.smapp.netlink.GenericNetlink;
import org.smapp.netlink.NetlinkRequester;

/**
 * The family that the running kernel speaks. The one place that lists the families: a new one is added here, and only here.
 *
 * @param family how it is spoken
 * @param number what the kernel calls it
 * @param eventGroup the number of the multicast group that brings its events
 */
public record SpokenFamily(KernelFamily family, int number, int eventGroup) {

    /** Those that SMAPP knows; a kernel that has several is spoken to in the first. */
    private static final List<KernelFamily> KNOWN = List.of(new UpstreamFamily());

    /**
     * Asks the kernel.
     *
     * @param requester of protocol {@link NetlinkSocket#GENERIC}
     * @throws LinuxException ENOENT if the kernel has none of the families
     */
    public static SpokenFamily of(NetlinkRequester requester) throws LinuxException {
        LinuxException missing = null;
        for (KernelFamily each : KNOWN) {
            try {
                GenericFamily found = GenericNetlink.resolve(requester, each.name());
                return new SpokenFamily(each, found.id(), found.group(each.eventGroup()));
            } catch (LinuxException e) {
                if (e.errno() != Errno.ENOENT) {
                    throw e;
                }
                missing = missing == null ? e : missing;
            }
        }
        throw missing;
    }

    /** Returns the family of a namespace's kernel; the first that is known if it has none, which then says what is missing. */
    public static KernelFamily orFirst(Linux linux, NetworkNamespace namespace) throws LinuxException {
        try (NetlinkRequester requester = NetlinkRequester.open(linux, namespace, NetlinkSocket.GENERIC)) {
            return of(requester).family();
        } catch (LinuxException e) {
            if (e.errno() != Errno.ENOENT) {
                throw e;
            }
            return KNOWN.get(0);
        }
    }
}
