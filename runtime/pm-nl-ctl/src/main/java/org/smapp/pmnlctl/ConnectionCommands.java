package org.smapp.pmnlctl;

import java.io.IOException;
import org.smapp.core.family.upstream.AddressFields;
import org.smapp.core.family.upstream.RequestEncoder;

/** The commands for one connection: {@code ann}, {@code rem}, {@code csf}, {@code dsf}; {@code set} also for endpoints. */
final class ConnectionCommands {

    /** What the contract takes for an id or token that is not there. */
    private static final String MISSING = "-1";

    private static final int NO_TOKEN = 0;

    private final Kernel kernel;
    private final Interfaces interfaces;

    ConnectionCommands(Kernel kernel, Interfaces interfaces) {
        this.kernel = kernel;
        this.interfaces = interfaces;
    }

    /** {@code ann IP id N token T [port P] [dev D]}, keywords in any order. */
    void announce(Arguments arguments) throws IOException {
        arguments.atLeast(6);
        AddressFields local = AddressFields.of(Arguments.address(arguments.next()));
        String id = MISSING;
        String token = MISSING;
        while (arguments.hasNext()) {
            String keyword = arguments.next();
            switch (keyword) {
                case "id" -> id = arguments.value("id value");
                case "dev" -> local = local.withInterface(interfaces.indexOf(arguments.value("dev name")));
                case "port" -> local = local.withPort(Arguments.port(arguments.value("port value")));
                case "token" -> token = arguments.value("token value");
                default -> throw unknown(keyword);
            }
        }
        if (Arguments.integer(id) == -1 || Arguments.token(token) == -1) {
            throw Stop.because(" missing mandatory inputs");
        }
        kernel.request(kernel.begin()
                .announce()
                .local(local.withId(Arguments.id(id)).withFlags(AddressFields.SIGNAL))
                .token(Arguments.token(token)));
    }

    /** {@code rem id N token T}, in any order. */
    void remove(Arguments arguments) throws IOException {
        arguments.atLeast(5);
        RequestEncoder request = kernel.begin().remove();
        while (arguments.hasNext()) {
            String keyword = arguments.next();
            switch (keyword) {
                case "id" -> request.localId(Arguments.id(arguments.value("id value")));
                case "token" -> request.token(Arguments.token(arguments.value("token value")));
                default -> throw unknown(keyword);
            }
        }
        kernel.request(request);
    }

    /** {@code csf lip A lid N rip B rport P token T}, in any order. */
    void createSubflow(Arguments arguments) throws IOException {
        Ends ends = new Ends(arguments, "lid", "local id", "unknown param ");
        kernel.request(kernel.begin()
                .createSubflow()
                .local(ends.local().withId(Arguments.id(ends.localNumber)).withFlags(AddressFields.SUBFLOW))
                .remote(ends.remote().withFlags(AddressFields.SUBFLOW))
                .token(ends.token()));
    }

    /** {@code dsf lip A lport P rip B rport P token T}, in any order. */
    void destroySubflow(Arguments arguments) throws IOException {
        Ends ends = new Ends(arguments, "lport", "local port", "unknown keyword ");
        kernel.request(kernel.begin()
                .destroySubflow()
                .local(ends.local().withPort(Arguments.port(ends.localNumber)))
                .remote(ends.remote())
                .token(ends.token()));
    }

    /** {@code set IP|id N flags F [port P] [token T] [rip IP] [rport P]}. */
    void setFlags(Arguments arguments) throws IOException {
        arguments.atLeast(2);
        String first = arguments.next();
        boolean byId = first.equals("id");
        AddressFields local = byId
                ? AddressFields.ofId(Arguments.id(arguments.value("id value")))
                : AddressFields.of(Arguments.address(first));
        AddressFields remote = AddressFields.NONE;
        int flags = 0;
        int token = NO_TOKEN;
        if (!arguments.hasNext()) {
            throw Stop.because(" missing flags keyword");
        }
        while (arguments.hasNext()) {
            String keyword = arguments.next();
            switch (keyword) {
                case "token" -> token = Arguments.token(arguments.value("token value"));
                case "flags" -> {
                    flags |= Flags.ofChange(arguments.value("flags value"));
                    local = local.withFlags(flags);
                }
                case "port" -> local = local.withPort(port(byId, arguments));
                case "rport" -> remote = remote.withPort(Arguments.port(arguments.value("remote port")));
                case "rip" -> remote = remote.withAddress(Arguments.address(arguments.value("remote ip")));
                default -> throw unknown(keyword);
            }
        }
        RequestEncoder request = kernel.begin().setFlags().local(local);
        if (token != NO_TOKEN) {
            request.token(token);
        }
        kernel.request(remote.address() == null ? request : request.remote(remote));
    }

    private static int port(boolean byId, Arguments arguments) {
        if (byId) {
            throw Stop.because(" port can't be used with id");
        }
        return Arguments.port(arguments.value("port value"));
    }

    static Stop unknown(String keyword) {
        return Stop.because("unknown keyword " + keyword);
    }

    /** The two ends that a subflow's commands name. */
    private static final class Ends {

        private static final String NOWHERE = "";

        private String localAddress = NOWHERE;
        private String localNumber = NOWHERE;
        private String remoteAddress = NOWHERE;
        private String remotePort = NOWHERE;
        private String token = NOWHERE;

        Ends(Arguments arguments, String localKeyword, String localName, String complaint) {
            arguments.atLeast(11);
            String ip = localKeyword.equals("lid") ? "remote ip" : "remote IP";
            while (arguments.hasNext()) {
                String keyword = arguments.next();
                switch (keyword) {
                    case "lip" -> localAddress = arguments.value("local IP");
                    case "rip" -> remoteAddress = arguments.value(ip);
                    case "rport" -> remotePort = arguments.value("remote port");
                    case "token" -> token = arguments.value("token");
                    default -> {
                        if (!keyword.equals(localKeyword)) {
                            throw Stop.because(complaint + keyword);
                        }
                        localNumber = arguments.value(localName);
                    }
                }
            }
        }

        AddressFields local() {
            return AddressFields.of(Arguments.address(localAddress));
        }

        AddressFields remote() {
            return AddressFields.of(Arguments.address(remoteAddress)).withPort(Arguments.port(remotePort));
        }

        int token() {
            return Arguments.token(token);
        }
    }
}
