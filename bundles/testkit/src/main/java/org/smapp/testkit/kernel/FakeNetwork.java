package org.smapp.testkit.kernel;

import java.util.ArrayList;
import java.util.List;
import org.smapp.api.IpAddress;
import org.smapp.api.TransportAddress;
import org.smapp.linux.Errno;

/** What the fake kernel knows besides its connections: interfaces, and ports in use. Guarded by the kernel's lock. */
final class FakeNetwork {

    private static final int FIRST_FREE_PORT = 40_000;
    private static final IpAddress ANY4 = IpAddress.v4(0);
    private static final IpAddress ANY6 = IpAddress.v6(0, 0);

    private final List<FakeLink> links = new ArrayList<>();
    private final List<TransportAddress> listeners = new ArrayList<>();
    private int nextPort = FIRST_FREE_PORT;

    List<FakeLink> links() {
        return links;
    }

    List<TransportAddress> listeners() {
        return listeners;
    }

    /** Returns a local port that was never given before. */
    int freePort() {
        return nextPort++;
    }

    /** Returns why a socket can't be bound to the address and its port, or 0. */
    int bindError(AddressAttribute address) {
        IpAddress wanted = address.address();
        boolean any = wanted.equals(ANY4) || wanted.equals(ANY6);
        if (!any && links.stream().noneMatch(each -> has(each, wanted))) {
            return Errno.EADDRNOTAVAIL;
        }
        return listeners.contains(new TransportAddress(wanted, address.port())) ? Errno.EADDRINUSE : 0;
    }

    private static boolean has(FakeLink link, IpAddress address) {
        return link.addresses().stream().anyMatch(each -> each.address().equals(address));
    }

    /** Returns why a subflow can't be opened between the two, or 0; in the kernel's order. */
    int connectError(AddressAttribute local, AddressAttribute remote) {
        int errno = bindError(local);
        if (errno != 0) {
            return errno;
        }
        if (local.device() != 0 && links.stream().noneMatch(each -> each.index() == local.device())) {
            return Errno.ENODEV;
        }
        return links.stream().anyMatch(each -> leadsTo(each, remote.address())) ? 0 : Errno.ENETUNREACH;
    }

    /** Returns whether the host itself would refuse a connection there: the address is its own, and nobody listens. */
    boolean refuses(TransportAddress remote) {
        return links.stream().anyMatch(each -> has(each, remote.address())) && !listeners.contains(remote);
    }

    private static boolean leadsTo(FakeLink link, IpAddress remote) {
        boolean onLink = link.addresses().stream().anyMatch(each -> each.isOnLink(remote));
        return link.isUp() && (link.hasDefaultRoute() || onLink);
    }
}
