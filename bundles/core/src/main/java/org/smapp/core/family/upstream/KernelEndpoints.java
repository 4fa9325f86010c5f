package org.smapp.core.family.upstream;

import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.smapp.api.Endpoint;
import org.smapp.api.EndpointLimits;
import org.smapp.api.Errno;
import org.smapp.api.Outcome;
import org.smapp.core.family.KernelFamily;
import org.smapp.linux.Linux;
import org.smapp.linux.LinuxException;
import org.smapp.linux.NetlinkSocket;
import org.smapp.linux.NetworkNamespace;
import org.smapp.netlink.GenericNetlink;
import org.smapp.netlink.MessageSink;
import org.smapp.netlink.MessageWriter;
import org.smapp.netlink.NetlinkError;
import org.smapp.netlink.NetlinkRequester;

/** The in-kernel path manager over a netlink socket of its own. Thread-safe: one request at a time. */
final class KernelEndpoints implements KernelFamily.Endpoints {

    private final NetlinkRequester requester;
    private final RequestEncoder encoder;

    private KernelEndpoints(NetlinkRequester requester, int family) {
        this.requester = requester;
        encoder = new RequestEncoder(new MessageWriter(), family);
    }

    /**
     * Opens the socket.
     *
     * @throws IOException with a sentence that says what is missing
     */
    static KernelEndpoints open(Linux linux, NetworkNamespace namespace) throws IOException {
        NetlinkRequester requester = NetlinkRequester.open(linux, namespace, NetlinkSocket.GENERIC);
        try {
            return new KernelEndpoints(
                    requester, GenericNetlink.resolve(requester, Uapi.FAMILY).id());
        } catch (IOException | RuntimeException e) {
            requester.close();
            throw e;
        }
    }

    @Override
    public synchronized List<Endpoint> endpoints() throws IOException {
        return requester.list(
                "endpoints",
                encoder.getAddress().end(),
                message -> Optional.of(endpoint(AnswerDecoder.address(message))));
    }

    @Override
    public synchronized Optional<Endpoint> endpoint(int id) throws IOException {
        List<Endpoint> found = new ArrayList<>(1);
        RequestEncoder request = encoder.getAddress().local(AddressFields.ofId(id));
        int outcome = ask(request, message -> found.add(endpoint(AnswerDecoder.address(message))));
        // The kernel says EINVAL for an id that it does not have; the request itself is well formed.
        if (outcome != 0 && !Errno.EINVAL.is(outcome)) {
            throw failed("get endpoint " + id);
        }
        return found.stream().findFirst();
    }

    @Override
    public synchronized EndpointLimits limits() throws IOException {
        List<EndpointLimits> found = new ArrayList<>(1);
        int outcome = ask(encoder.getLimits(), message -> {
            AnswerDecoder.Limits limits = AnswerDecoder.limits(message);
            found.add(new EndpointLimits((int) limits.acceptedAddresses(), (int) limits.subflows()));
        });
        if (outcome != 0 || found.isEmpty()) {
            throw failed("get the limits");
        }
        return found.get(0);
    }

    private int ask(RequestEncoder request, MessageSink answer) throws IOException {
        return requester.request(request.end(), answer);
    }

    private LinuxException failed(String operation) {
        NetlinkError error = requester.lastError();
        return new LinuxException(operation, error.errno(), error.toString());
    }

    @Override
    public synchronized Outcome add(Endpoint endpoint) {
        AddressFields fields = AddressFields.of(endpoint.address()).withFlags(bits(endpoint.flags()));
        fields = endpoint.id() == Endpoint.CHOOSE_ID ? fields : fields.withId(endpoint.id());
        fields = endpoint.port() == 0 ? fields : fields.withPort(endpoint.port());
        fields = endpoint.interfaceIndex() == 0 ? fields : fields.withInterface(endpoint.interfaceIndex());
        return command(
                "add endpoint " + endpoint.address(), encoder.addEndpoint().local(fields));
    }

    @Override
    public synchronized Outcome delete(int id) {
        return command("delete endpoint " + id, encoder.deleteEndpoint().local(AddressFields.ofId(id)));
    }

    @Override
    public synchronized Outcome flush() {
        return command("delete all endpoints", encoder.flushEndpoints());
    }

    @Override
    public synchronized Outcome setFlags(int id, boolean backup, boolean fullmesh) {
        int flags = (backup ? AddressFields.BACKUP : 0) | (fullmesh ? AddressFields.FULLMESH : 0);
        AddressFields fields = AddressFields.ofId(id).withFlags(flags);
        return command("set the flags of endpoint " + id, encoder.setFlags().local(fields));
    }

    @Override
    public synchronized Outcome setLimits(EndpointLimits limits) {
        return command(
                "set the limits to " + limits.acceptedAddresses() + " addresses and " + limits.subflows() + " subflows",
                encoder.setLimits(limits.acceptedAddresses(), limits.subflows()));
    }

    private Outcome command(String what, RequestEncoder request) {
        try {
            int outcome = requester.request(request.end());
            NetlinkError error = requester.lastError();
            if (outcome == 0) {
                return Outcome.Accepted.ACCEPTED;
            }
            return outcome < 0
                    ? unknown(what, error.toString())
                    : new Outcome.Refused(
                            error.errno(),
                            error.text(),
                            error.offset(),
                            error.missingAttribute(),
                            RefusalSentence.opening(what, error) + advice(error.errno()));
        } catch (IOException e) {
            return unknown(what, e.getMessage());
        }
    }

    private static Outcome unknown(String what, String why) {
        return new Outcome.NotSent(
                "Nobody knows whether the kernel did " + what + ": " + why + ". List the endpoints to see.");
    }

    private static String advice(int errno) {
        if (Errno.EEXIST.is(errno) || Errno.EBUSY.is(errno)) {
            return "An endpoint with this address or id is there already: delete it first.";
        }
        if (Errno.EADDRNOTAVAIL.is(errno)) {
            return "No interface has the address, and an endpoint with a port listens on it: look at `ip address`.";
        }
        if (Errno.EADDRINUSE.is(errno)) {
            return "Another socket listens on this address and port: name another port.";
        }
        if (Errno.ERANGE.is(errno)) {
            return "There are as many endpoints as the kernel takes: delete one first.";
        }
        if (Errno.EPERM.is(errno)) {
            return RefusalSentence.NO_PERMISSION;
        }
        return "Either there is no such endpoint, or its flags, port or number are not allowed (limits go up to 8; a port needs"
                + " SIGNAL; FULLMESH excludes SIGNAL; IMPLICIT ones are the kernel's own).";
    }

    private static Endpoint endpoint(AddressFields fields) {
        return new Endpoint(
                Math.max(0, fields.id()),
                fields.address(),
                Math.max(0, fields.port()),
                flags((int) fields.flags()),
                Math.max(0, fields.interfaceIndex()));
    }

    private static Set<Endpoint.Flag> flags(int bits) {
        Set<Endpoint.Flag> flags = EnumSet.noneOf(Endpoint.Flag.class);
        for (Endpoint.Flag each : Endpoint.Flag.values()) {
            if ((bits & bit(each)) != 0) {
                flags.add(each);
            }
        }
        return flags;
    }

    private static int bits(Set<Endpoint.Flag> flags) {
        int bits = 0;
        for (Endpoint.Flag each : flags) {
            bits |= bit(each);
        }
        return bits;
    }

    private static int bit(Endpoint.Flag flag) {
        return switch (flag) {
            case SIGNAL -> AddressFields.SIGNAL;
            case SUBFLOW -> AddressFields.SUBFLOW;
            case BACKUP -> AddressFields.BACKUP;
            case FULLMESH -> AddressFields.FULLMESH;
            case IMPLICIT -> AddressFields.IMPLICIT;
            case LAMINAR -> AddressFields.LAMINAR;
        };
    }

    @Override
    public synchronized void close() {
        requester.close();
    }
}
