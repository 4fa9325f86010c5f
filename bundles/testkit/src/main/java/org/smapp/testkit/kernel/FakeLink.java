package org.smapp.testkit.kernel;

import java.util.ArrayList;
import java.util.List;
import org.smapp.api.IpAddress;
import org.smapp.netlink.route.AddressPrefix;

/**
 * A network interface of the fake kernel. What changes is notified as rtnetlink does.
 *
 * <p>Thread-safe.
 */
public final class FakeLink {

    /** An address of the interface and the length of its subnet's prefix in bits. */
    record Address(IpAddress address, int prefixLength) {

        boolean isOnLink(IpAddress other) {
            return other.v6() == address.v6()
                    && new AddressPrefix(address.v6(), address.high(), address.low(), prefixLength)
                            .contains(other.high(), other.low());
        }
    }

    private final FakeKernel kernel;
    private final int index;
    private final String name;
    private final List<Address> addresses = new ArrayList<>();
    private boolean up = true;
    private boolean carrier = true;
    private boolean defaultRoute;

    FakeLink(FakeKernel kernel, int index, String name) {
        this.kernel = kernel;
        this.index = index;
        this.name = name;
    }

    public int index() {
        return index;
    }

    public String name() {
        return name;
    }

    /** Adds an address of scope universe. */
    public FakeLink add(IpAddress address, int prefixLength) {
        synchronized (kernel.lock) {
            Address added = new Address(address, prefixLength);
            addresses.add(added);
            kernel.emit(RouteProtocol.address(RouteProtocol.NEW_ADDRESS, this, added));
            return this;
        }
    }

    /** Removes an address. */
    public void remove(IpAddress address) {
        synchronized (kernel.lock) {
            List<Address> gone = addresses.stream()
                    .filter(each -> each.address().equals(address))
                    .toList();
            addresses.removeAll(gone);
            gone.forEach(each -> kernel.emit(RouteProtocol.address(RouteProtocol.DELETE_ADDRESS, this, each)));
        }
    }

    /** Pulls the cable, or plugs it in. */
    public void carrier(boolean there) {
        synchronized (kernel.lock) {
            carrier = there;
            kernel.emit(RouteProtocol.link(RouteProtocol.NEW_LINK, this));
        }
    }

    /** Switches the interface on or off. Off, its routes go without a notification, as those of IPv4 do. */
    public void up(boolean on) {
        synchronized (kernel.lock) {
            up = on;
            defaultRoute &= on;
            kernel.emit(RouteProtocol.link(RouteProtocol.NEW_LINK, this));
        }
    }

    /** Adds or removes a default route over this interface in the main table. */
    public FakeLink defaultRoute(boolean there) {
        synchronized (kernel.lock) {
            defaultRoute = there;
            kernel.emit(RouteProtocol.route(there ? RouteProtocol.NEW_ROUTE : RouteProtocol.DELETE_ROUTE, this));
            return this;
        }
    }

    /** Takes the interface away, and its addresses with it. */
    public void remove() {
        synchronized (kernel.lock) {
            kernel.network().links().remove(this);
            kernel.emit(RouteProtocol.link(RouteProtocol.DELETE_LINK, this));
        }
    }

    boolean isLoopback() {
        return name.equals("lo");
    }

    boolean isUp() {
        return up;
    }

    boolean hasCarrier() {
        return carrier;
    }

    boolean hasDefaultRoute() {
        return defaultRoute;
    }

    List<Address> addresses() {
        return addresses;
    }
}
