package org.smapp.testkit.kernel;

import org.smapp.linux.Errno;
import org.smapp.netlink.AttributeReader;
import org.smapp.netlink.MessageReader;
import org.smapp.netlink.MessageType;
import org.smapp.netlink.MessageWriter;

/** Generic netlink: its controller, which knows one family, and that family's commands. */
final class GenericProtocol implements Protocol {

    private static final int GET_FAMILY = 3;
    private static final int NEW_FAMILY = 1;
    private static final int CONTROLLER_VERSION = 2;
    private static final int FAMILY_ID = 1;
    private static final int FAMILY_NAME = 2;
    private static final int FAMILY_VERSION = 3;
    private static final int FAMILY_GROUPS = 7;
    private static final int GROUP_NAME = 1;
    private static final int GROUP_ID = 2;

    private final FakeKernel kernel;
    private final ConnectionCommands connections;
    private final EndpointCommands endpoints;

    GenericProtocol(FakeKernel kernel) {
        this.kernel = kernel;
        connections = new ConnectionCommands(kernel);
        endpoints = new EndpointCommands(kernel.network());
    }

    @Override
    public void handle(MessageReader message, Answers answers) throws Refusal {
        boolean controller = message.type() == MessageType.GENERIC_CONTROLLER;
        if (!controller && message.type() != Uapi.FAMILY) {
            throw Refusal.plain(Errno.ENOENT);
        }
        int command = message.genlCommand();
        if (command < 0) {
            throw Refusal.plain(Errno.EINVAL);
        }
        if (controller) {
            family(message, command, answers);
        } else {
            check(command, answers.isDump());
            pathManager(new Request(message), command, answers);
        }
    }

    private static void family(MessageReader message, int command, Answers answers) throws Refusal {
        String name = "";
        AttributeReader attributes = message.attributes(MessageReader.GENERIC_HEADER_BYTES);
        while (attributes.next()) {
            name = attributes.type() == FAMILY_NAME ? attributes.string() : name;
        }
        if (command != GET_FAMILY) {
            throw Refusal.plain(Errno.EOPNOTSUPP);
        }
        if (!name.equals(Uapi.FAMILY_NAME)) {
            throw Refusal.plain(Errno.ENOENT);
        }
        answers.add(MessageType.GENERIC_CONTROLLER, GenericProtocol::describe);
    }

    private static void describe(MessageWriter writer) {
        writer.genl(NEW_FAMILY, CONTROLLER_VERSION).string(FAMILY_NAME, Uapi.FAMILY_NAME);
        writer.u16(FAMILY_ID, Uapi.FAMILY).u32(FAMILY_VERSION, Uapi.VERSION);
        int groups = writer.nest(FAMILY_GROUPS);
        group(writer, 1, "mptcp_pm_cmds", Uapi.GROUP_COMMANDS);
        group(writer, 2, "mptcp_pm_events", Uapi.GROUP_EVENTS);
        writer.endNest(groups);
    }

    private static void group(MessageWriter writer, int place, String name, int id) {
        int group = writer.nest(place);
        writer.u32(GROUP_ID, id).string(GROUP_NAME, name).endNest(group);
    }

    private void check(int command, boolean dump) throws Refusal {
        boolean known = command >= Uapi.ADD_ADDR && command <= Uapi.SUBFLOW_DESTROY;
        if (!known || dump && command != Uapi.GET_ADDR) {
            throw Refusal.plain(Errno.EOPNOTSUPP);
        }
        boolean harmless = command == Uapi.GET_ADDR || command == Uapi.GET_LIMITS;
        if (!harmless && !kernel.isPrivileged()) {
            throw Refusal.plain(Errno.EPERM);
        }
    }

    private void pathManager(Request request, int command, Answers answers) throws Refusal {
        switch (command) {
            case Uapi.ADD_ADDR -> endpoints.add(request);
            case Uapi.DEL_ADDR -> endpoints.delete(request);
            case Uapi.GET_ADDR -> addresses(request, answers);
            case Uapi.FLUSH_ADDRS -> endpoints.flush();
            case Uapi.SET_LIMITS -> endpoints.setLimits(request);
            case Uapi.GET_LIMITS ->
                answers.add(Uapi.FAMILY, writer -> {
                    writer.genl(Uapi.GET_LIMITS, Uapi.VERSION);
                    endpoints.writeLimits(writer);
                });
            case Uapi.ANNOUNCE -> connections.announce(request);
            case Uapi.REMOVE -> connections.remove(request);
            case Uapi.SUBFLOW_CREATE -> connections.create(request);
            case Uapi.SUBFLOW_DESTROY -> connections.destroy(request);
            default -> setFlags(request);
        }
    }

    private void setFlags(Request request) throws Refusal {
        request.need(Uapi.ADDR);
        if (request.has(Uapi.TOKEN)) {
            connections.setFlags(request);
        } else {
            endpoints.setFlags(request);
        }
    }

    private void addresses(Request request, Answers answers) throws Refusal {
        boolean ofConnection = request.has(Uapi.TOKEN);
        if (answers.isDump()) {
            for (AddressAttribute each : ofConnection ? connections.list(request) : endpoints.list()) {
                add(each, answers);
            }
        } else {
            add(ofConnection ? connections.get(request) : endpoints.get(request), answers);
        }
    }

    private static void add(AddressAttribute address, Answers answers) {
        answers.add(Uapi.FAMILY, writer -> address.write(writer.genl(Uapi.GET_ADDR, Uapi.VERSION)));
    }
}
