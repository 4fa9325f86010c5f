package org.smapp.pmnlctl;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.smapp.core.family.upstream.AddressFields;
import org.smapp.core.family.upstream.AnswerDecoder;
import org.smapp.core.family.upstream.RequestEncoder;
import org.smapp.netlink.MessageReader;
import org.smapp.netlink.MessageSink;

/** The commands for the in-kernel path manager: {@code add}, {@code del}, {@code get}, {@code dump} and the like. */
final class EndpointCommands {

    private final Kernel kernel;
    private final Interfaces interfaces;

    EndpointCommands(Kernel kernel, Interfaces interfaces) {
        this.kernel = kernel;
        this.interfaces = interfaces;
    }

    /** {@code add IP [flags F] [id N] [dev D] [port P]}. */
    void add(Arguments arguments) throws IOException {
        arguments.atLeast(2);
        AddressFields endpoint = AddressFields.of(Arguments.address(arguments.next()));
        int flags = 0;
        while (arguments.hasNext()) {
            String keyword = arguments.next();
            switch (keyword) {
                case "flags" -> {
                    flags |= flags(arguments.value("flags value"), flags);
                    endpoint = endpoint.withFlags(flags);
                }
                case "id" -> endpoint = endpoint.withId(Arguments.id(arguments.value("id value")));
                case "dev" -> endpoint = endpoint.withInterface(interfaces.indexOf(arguments.value("dev name")));
                case "port" -> endpoint = endpoint.withPort(port(arguments.value("port value"), flags));
                default -> throw ConnectionCommands.unknown(keyword);
            }
        }
        kernel.request(kernel.begin().addEndpoint().local(endpoint));
    }

    private static int flags(String list, int before) {
        int flags = before | Flags.ofEndpoint(list);
        int excluding = AddressFields.SIGNAL | AddressFields.FULLMESH;
        if ((flags & excluding) == excluding) {
            throw Stop.because("error flag fullmesh");
        }
        return flags;
    }

    private static int port(String text, int flags) {
        if ((flags & AddressFields.SIGNAL) == 0) {
            throw Stop.because(" flags must be signal when using port");
        }
        return Arguments.port(text);
    }

    /** {@code del N}, where a second argument is not looked at, or {@code del 0 IP}. */
    void delete(Arguments arguments) throws IOException {
        if (arguments.count() != 2 && arguments.count() != 3) {
            throw Stop.usage();
        }
        AddressFields endpoint = AddressFields.ofId(Arguments.id(arguments.next()));
        if (endpoint.id() == 0) {
            arguments.atLeast(3);
            endpoint = endpoint.withAddress(Arguments.address(arguments.next()));
        }
        kernel.request(kernel.begin().deleteEndpoint().local(endpoint));
    }

    /** {@code get N [token T]}. */
    void get(Arguments arguments) throws IOException {
        if (arguments.count() != 2 && arguments.count() != 4) {
            throw Stop.usage();
        }
        AddressFields wanted = AddressFields.ofId(Arguments.id(arguments.next()));
        List<AddressFields> found = new ArrayList<>();
        kernel.request(
                withToken(kernel.begin().getAddress().local(wanted), arguments),
                message -> found.add(AnswerDecoder.address(message)));
        print(found);
    }

    /** {@code dump [token T]}. */
    void dump(Arguments arguments) throws IOException {
        if (arguments.count() != 1 && arguments.count() != 3) {
            throw Stop.usage();
        }
        List<AddressFields> found = new ArrayList<>();
        kernel.dump(withToken(kernel.begin().getAddress(), arguments), new MessageSink() {
            @Override
            public void begin() {
                found.clear();
            }

            @Override
            public void accept(MessageReader message) {
                found.add(AnswerDecoder.address(message));
            }
        });
        print(found);
    }

    /** Token 0 stands for none, like no token at all. */
    private static RequestEncoder withToken(RequestEncoder request, Arguments arguments) {
        if (arguments.hasNext() && arguments.next().equals("token")) {
            int token = Arguments.token(arguments.next());
            return token == 0 ? request : request.token(token);
        }
        return request;
    }

    private void print(List<AddressFields> found) throws IOException {
        StringBuilder text = new StringBuilder();
        for (AddressFields each : found) {
            append(text, each);
        }
        Output.print(text.toString());
    }

    private void append(StringBuilder text, AddressFields address) throws IOException {
        if (address.id() != AddressFields.ABSENT) {
            text.append("id ").append(address.id()).append(' ');
        }
        if (address.flags() != AddressFields.NO_FLAGS) {
            text.append("flags ");
            Flags.append(text, (int) address.flags());
            text.append(' ');
        }
        if (address.interfaceIndex() != AddressFields.ABSENT) {
            String name = interfaces.nameOf(address.interfaceIndex());
            text.append("dev ").append(name == null ? "unknown/" + address.interfaceIndex() : name + " ");
        }
        text.append(address.address());
        if (address.port() > 0) {
            text.append(' ').append(address.port());
        }
        text.append('\n');
    }

    void flush() throws IOException {
        kernel.request(kernel.begin().flushEndpoints());
    }

    /** {@code limits} shows them, {@code limits ADDRESSES SUBFLOWS} sets them. */
    void limits(Arguments arguments) throws IOException {
        if (arguments.count() == 3) {
            int acceptedAddresses = Arguments.integer(arguments.next());
            int subflows = Arguments.integer(arguments.next());
            kernel.request(kernel.begin().setLimits(acceptedAddresses, subflows));
            return;
        }
        kernel.request(kernel.begin().getLimits(), message -> {
            AnswerDecoder.Limits limits = AnswerDecoder.limits(message);
            Output.print("accept " + limits.acceptedAddresses() + "\nsubflows " + limits.subflows() + "\n");
        });
    }
}
