package org.smapp.core.family.upstream;

import org.smapp.api.Command;
import org.smapp.api.Errno;
import org.smapp.netlink.NetlinkError;

/**
 * Says what a refusal means and what to do. Kernels word their texts differently, so the text is only quoted, never
 * interpreted; what decides is the kind of command, the errno and the missing attribute.
 */
final class RefusalSentence implements Command.Handler<String> {

    static final String NO_PERMISSION =
            "The daemon needs CAP_NET_ADMIN in the user namespace that owns the network namespace.";

    private final NetlinkError error;

    private RefusalSentence(NetlinkError error) {
        this.error = error;
    }

    static String of(Command command, NetlinkError error) {
        return opening(command.toString(), error) + command.accept(new RefusalSentence(error));
    }

    /** Returns what was refused and the kernel's own words; a sentence that says what to do has to follow. */
    static String opening(String what, NetlinkError error) {
        String quoted = error.text().isEmpty() ? "" : " \"" + error.text() + "\"";
        return "The kernel refused to " + what + ": " + Errno.describe(error.errno()) + quoted + ". ";
    }

    @Override
    public String createSubflow(Command.CreateSubflow command) {
        if (Errno.EADDRNOTAVAIL.is(error.errno())) {
            return "No interface has the address " + command.local().address() + ": look at `ip address`.";
        }
        if (Errno.EADDRINUSE.is(error.errno())) {
            return "Another socket uses " + command.local() + ": leave the local port open, or name another.";
        }
        if (Errno.ENODEV.is(error.errno())) {
            return "There is no interface number " + command.interfaceIndex() + ": look at `ip link`.";
        }
        if (Errno.ENETUNREACH.is(error.errno())) {
            return "No route leads from " + command.local().address() + " to "
                    + command.remote().address() + ": look at `ip route get "
                    + command.remote().address() + " from "
                    + command.local().address() + "`.";
        }
        if (Errno.ENOTCONN.is(error.errno())) {
            return "The connection is not fully established yet, or ended: try again after its first data.";
        }
        return common(command);
    }

    @Override
    public String destroySubflow(Command.DestroySubflow command) {
        if (Errno.ESRCH.is(error.errno())) {
            return "The connection has no such subflow; it may just have closed. IPv4 addresses on a dual-stack socket are"
                    + " written ::ffff:a.b.c.d.";
        }
        boolean portOpen = command.tuple().localPort() == 0 || command.tuple().remotePort() == 0;
        if (Errno.EINVAL.is(error.errno()) && portOpen) {
            return "A subflow is known by both ports: name those that `ss -tni` or `smapp connections` shows.";
        }
        return common(command);
    }

    @Override
    public String announce(Command.Announce command) {
        if (Errno.EINVAL.is(error.errno()) && command.localId() == 0) {
            return "Address id 0 belongs to the address that the connection began with: name an id from 1 to 255.";
        }
        return Errno.EINVAL.is(error.errno()) && error.missingAttribute() < 0
                ? gone(command) + ", or the connection knows address "
                        + command.local().address() + " by another id than " + command.localId()
                        + ", or that id with another address: withdraw the old one first."
                : common(command);
    }

    @Override
    public String withdraw(Command.Withdraw command) {
        return Errno.EINVAL.is(error.errno()) && error.missingAttribute() < 0
                ? gone(command) + ", or it knows no address with id " + command.localId()
                        + ": neither announced nor used for a subflow."
                : common(command);
    }

    @Override
    public String setBackup(Command.SetBackup command) {
        return Errno.EINVAL.is(error.errno()) && error.missingAttribute() < 0
                ? gone(command) + ", or it has no such subflow; IPv4 addresses on a dual-stack socket are written"
                        + " ::ffff:a.b.c.d."
                : common(command);
    }

    private static String gone(Command command) {
        return "Either connection " + command.token() + " is gone or belongs to the in-kernel path manager";
    }

    private String common(Command command) {
        if (error.missingAttribute() >= 0) {
            return "The request misses attribute " + error.missingAttribute() + ": please report this.";
        }
        if (Errno.EPERM.is(error.errno())) {
            return NO_PERMISSION;
        }
        if (Errno.EINVAL.is(error.errno())) {
            return gone(command)
                    + ", or its family differs from that of the addresses, or it knows the address by another id.";
        }
        if (Errno.ERANGE.is(error.errno())) {
            return "An attribute has the wrong length for this kernel: please report this.";
        }
        if (Errno.EOPNOTSUPP.is(error.errno())) {
            return "This kernel does not know the command; Linux 5.19 or later does.";
        }
        return "See the kernel's log for more.";
    }
}
