package org.smapp.testkit.kernel;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.smapp.linux.Errno;
import org.smapp.netlink.MessageWriter;

/** The in-kernel path manager's endpoints and limits (net/mptcp/pm_kernel.c). They are kept, and no connection follows them. */
final class EndpointCommands {

    private static final int MOST = 8;
    private static final int CHANGEABLE = Uapi.BACKUP | Uapi.FULLMESH;

    private final FakeNetwork network;
    private final List<AddressAttribute> endpoints = new ArrayList<>();
    private int nextId = 1;
    private int acceptedAddresses;
    private int subflows = 2;

    EndpointCommands(FakeNetwork network) {
        this.network = network;
    }

    void add(Request request) throws Refusal {
        AddressAttribute address = request.address(Uapi.ADDR);
        int at = address.offset();
        if (address.port() != 0 && (!address.has(Uapi.SIGNAL) || address.has(Uapi.SUBFLOW))) {
            throw Refusal.invalid(at, "flags must have signal and not subflow when using port");
        }
        if (address.has(Uapi.SIGNAL) && address.has(Uapi.FULLMESH)) {
            throw Refusal.invalid(at, "flags mustn't have both signal and fullmesh");
        }
        if (address.has(Uapi.IMPLICIT)) {
            throw Refusal.invalid(at, "can't create IMPLICIT endpoint");
        }
        int listenError = address.port() == 0 ? 0 : network.bindError(address);
        if (listenError != 0) {
            throw Refusal.of(listenError, "create listen socket error: -" + listenError);
        }
        int errno = addError(address);
        if (errno != 0) {
            throw Refusal.of(errno, "too many addresses or duplicate one: -" + errno);
        }
        int id = address.id() == 0 ? nextId : address.id();
        nextId = Math.max(nextId, id + 1);
        endpoints.add(address.withId(id));
    }

    private int addError(AddressAttribute address) {
        if (endpoints.size() >= MOST) {
            return Errno.ERANGE;
        }
        if (address.id() != 0 && byId(address.id()).isPresent()) {
            return Errno.EBUSY;
        }
        boolean known = endpoints.stream().anyMatch(each -> each.isSameAs(address, each.port() + address.port() > 0));
        return known ? Errno.EEXIST : 0;
    }

    private Optional<AddressAttribute> byId(int id) {
        return endpoints.stream().filter(each -> each.id() == id).findFirst();
    }

    AddressAttribute get(Request request) throws Refusal {
        AddressAttribute wanted = request.maybeAddress(Uapi.ADDR);
        return byId(wanted.id()).orElseThrow(() -> Refusal.invalid(wanted.offset(), "address not found"));
    }

    List<AddressAttribute> list() {
        return List.copyOf(endpoints);
    }

    void delete(Request request) throws Refusal {
        endpoints.remove(get(request));
    }

    void flush() {
        endpoints.clear();
        nextId = 1;
    }

    void setFlags(Request request) throws Refusal {
        AddressAttribute wanted = request.maybeAddress(Uapi.ADDR);
        boolean byAddress = wanted.family() != 0;
        if (!byAddress && wanted.id() == 0) {
            throw Refusal.at(wanted.offset(), Errno.EOPNOTSUPP, "missing address ID");
        }
        AddressAttribute found = endpoints.stream()
                .filter(each -> byAddress ? each.isSameAs(wanted, false) : each.id() == wanted.id())
                .findFirst()
                .orElseThrow(() -> Refusal.invalid(wanted.offset(), "address not found"));
        if (wanted.has(Uapi.FULLMESH) && found.has(Uapi.SIGNAL | Uapi.IMPLICIT)) {
            throw Refusal.invalid(wanted.offset(), "invalid addr flags");
        }
        int flags = found.flags() & ~CHANGEABLE | wanted.flags() & CHANGEABLE;
        endpoints.set(endpoints.indexOf(found), found.withFlags(flags));
    }

    void setLimits(Request request) throws Refusal {
        acceptedAddresses = limit(request, Uapi.RCV_ADD_ADDRS, acceptedAddresses);
        subflows = limit(request, Uapi.SUBFLOWS, subflows);
    }

    private static int limit(Request request, int attribute, int otherwise) throws Refusal {
        int limit = request.number(attribute, otherwise);
        if (Integer.compareUnsigned(limit, MOST) > 0) {
            throw Refusal.invalid(request.offset(attribute), "limit greater than maximum (" + MOST + ")");
        }
        return limit;
    }

    void writeLimits(MessageWriter writer) {
        writer.u32(Uapi.RCV_ADD_ADDRS, acceptedAddresses).u32(Uapi.SUBFLOWS, subflows);
    }
}
