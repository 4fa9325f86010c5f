package org.smapp.testkit.kernel;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.smapp.api.FourTuple;
import org.smapp.api.TransportAddress;
import org.smapp.linux.Errno;

/** What the user-space path manager may ask of a connection (net/mptcp/pm_userspace.c), checked in the kernel's order. */
final class ConnectionCommands {

    private static final String NO_SUBFLOW = "subflow not found";

    private final FakeKernel kernel;

    ConnectionCommands(FakeKernel kernel) {
        this.kernel = kernel;
    }

    private KernelConnection connection(Request request) throws Refusal {
        int token = request.number(Uapi.TOKEN);
        Optional<KernelConnection> found = kernel.connection(token);
        if (found.isEmpty()) {
            throw Refusal.invalid(request.offset(Uapi.TOKEN), "invalid token");
        }
        if (!found.get().isUserSpace()) {
            throw Refusal.invalid(request.offset(Uapi.TOKEN), "userspace PM not selected");
        }
        return found.get();
    }

    void announce(Request request) throws Refusal {
        request.need(Uapi.ADDR);
        KernelConnection connection = connection(request);
        AddressAttribute address = request.address(Uapi.ADDR);
        if (address.id() == 0) {
            throw Refusal.invalid(address.offset(), "invalid addr id");
        }
        if (!address.has(Uapi.SIGNAL)) {
            throw Refusal.invalid(address.offset(), "invalid addr flags");
        }
        append(connection, address);
    }

    /** Keeps the address unless it is there; an address has one id, and an id one address. */
    private static void append(KernelConnection connection, AddressAttribute address) throws Refusal {
        for (AddressAttribute each : connection.addresses()) {
            boolean sameAddress = each.isSameAs(address, true);
            boolean sameId = each.id() == address.id();
            if (sameAddress && sameId) {
                return;
            }
            if (sameAddress || sameId) {
                throw Refusal.invalid(address.offset(), "did not match address and id");
            }
        }
        connection.addresses().add(address);
    }

    void remove(Request request) throws Refusal {
        int id = request.number(Uapi.LOC_ID);
        KernelConnection connection = connection(request);
        boolean inUse = connection.subflowTable().values().stream().anyMatch(each -> each.localId() == id);
        if (!connection.addresses().removeIf(each -> each.id() == id) && !(id == 0 && inUse)) {
            throw Refusal.invalid(request.offset(Uapi.LOC_ID), "address with id " + id + " not found");
        }
    }

    void create(Request request) throws Refusal {
        request.need(Uapi.ADDR);
        request.need(Uapi.ADDR_REMOTE);
        KernelConnection connection = connection(request);
        AddressAttribute local = request.address(Uapi.ADDR);
        if (local.has(Uapi.SIGNAL)) {
            throw Refusal.invalid(local.offset(), "invalid addr flags");
        }
        AddressAttribute remote = request.address(Uapi.ADDR_REMOTE);
        boolean v6 = connection.tuple().localAddress().v6();
        if (local.family() != remote.family() || v6 != local.address().v6()) {
            throw Refusal.of(Errno.EINVAL, "families mismatch");
        }
        List<AddressAttribute> before = new ArrayList<>(connection.addresses());
        append(connection, local.withFlags(local.flags() | Uapi.SUBFLOW));
        int errno = connection.isEstablished() ? kernel.network().connectError(local, remote) : Errno.ENOTCONN;
        if (errno != 0) {
            connection.addresses().retainAll(before);
            throw Refusal.of(errno, "connect error: -" + errno);
        }
        open(connection, local, remote);
    }

    private void open(KernelConnection connection, AddressAttribute local, AddressAttribute remote) {
        int port = local.port() == 0 ? kernel.network().freePort() : local.port();
        int remotePort = remote.port() == 0 ? connection.tuple().remotePort() : remote.port();
        FourTuple ends = new FourTuple(local.address(), port, remote.address(), remotePort);
        connection.open(ends, local.id(), local.has(Uapi.BACKUP), local.device());
    }

    void destroy(Request request) throws Refusal {
        request.need(Uapi.ADDR);
        request.need(Uapi.ADDR_REMOTE);
        KernelConnection connection = connection(request);
        AddressAttribute local = request.address(Uapi.ADDR);
        AddressAttribute remote = request.address(Uapi.ADDR_REMOTE);
        if (local.family() != remote.family()) {
            throw Refusal.of(Errno.EINVAL, "address families do not match");
        }
        if (local.port() == 0) {
            throw Refusal.invalid(local.offset(), "missing local port");
        }
        if (remote.port() == 0) {
            throw Refusal.invalid(remote.offset(), "missing remote port");
        }
        KernelSubflow found = find(connection, local, remote, Errno.ESRCH);
        connection.addresses().stream()
                .filter(each -> each.isSameAs(local, false))
                .findFirst()
                .ifPresent(connection.addresses()::remove);
        connection.closeSubflow(found.tuple(), 0);
    }

    void setFlags(Request request) throws Refusal {
        AddressAttribute local = request.maybeAddress(Uapi.ADDR);
        request.need(Uapi.ADDR_REMOTE);
        KernelConnection connection = connection(request);
        if (local.family() == 0) {
            throw Refusal.invalid(local.offset(), "invalid local address family");
        }
        AddressAttribute remote = request.address(Uapi.ADDR_REMOTE);
        KernelSubflow found = find(connection, local, remote, Errno.EINVAL);
        connection.subflowTable().put(found.tuple(), found.withBackupHere(local.has(Uapi.BACKUP)));
    }

    private static KernelSubflow find(
            KernelConnection connection, AddressAttribute local, AddressAttribute remote, int errno) throws Refusal {
        return connection.subflowTable().values().stream()
                .filter(each -> matches(each.tuple().local(), local)
                        && matches(each.tuple().remote(), remote))
                .findFirst()
                .orElseThrow(() -> Refusal.of(errno, NO_SUBFLOW));
    }

    private static boolean matches(TransportAddress end, AddressAttribute wanted) {
        return end.address().equals(wanted.address()) && (wanted.port() == 0 || wanted.port() == end.port());
    }

    AddressAttribute get(Request request) throws Refusal {
        AddressAttribute wanted = request.maybeAddress(Uapi.ADDR);
        return kernel.connection(request.number(Uapi.TOKEN)).stream()
                .filter(KernelConnection::isUserSpace)
                .flatMap(each -> each.addresses().stream())
                .filter(each -> each.id() == wanted.id())
                .findFirst()
                .orElseThrow(() -> Refusal.invalid(wanted.offset(), "address not found"));
    }

    List<AddressAttribute> list(Request request) throws Refusal {
        return List.copyOf(connection(request).addresses());
    }
}
