package org.smapp.netlink;

import java.util.HashMap;
import java.util.Map;
import org.smapp.linux.Errno;
import org.smapp.linux.LinuxException;

/** Asks the controller of generic netlink for families (linux/genetlink.h). */
public final class GenericNetlink {

    private static final int GET_FAMILY = 3;
    private static final int CONTROLLER_VERSION = 1;

    private static final int ATTRIBUTE_ID = 1;
    private static final int ATTRIBUTE_NAME = 2;
    private static final int ATTRIBUTE_VERSION = 3;
    private static final int ATTRIBUTE_GROUPS = 7;
    private static final int GROUP_NAME = 1;
    private static final int GROUP_ID = 2;

    private GenericNetlink() {}

    /**
     * Finds a family by name.
     *
     * @param requester of protocol {@link org.smapp.linux.NetlinkSocket#GENERIC}
     * @throws LinuxException ENOENT if the kernel has no such family
     */
    public static GenericFamily resolve(NetlinkRequester requester, String name) throws LinuxException {
        MessageWriter request = new MessageWriter();
        request.begin(MessageType.GENERIC_CONTROLLER, 0, 0).genl(GET_FAMILY, CONTROLLER_VERSION);
        request.string(ATTRIBUTE_NAME, name);
        GenericFamily[] found = new GenericFamily[1];
        int errno = requester.request(request, message -> found[0] = decode(message, name));
        if (errno == 0 && found[0] != null) {
            return found[0];
        }
        String operation = "find netlink family " + name;
        if (errno == Errno.ENOENT) {
            throw new LinuxException(
                    operation, errno, "this kernel has no such family; load its module, or use a kernel built with it");
        }
        NetlinkError error = requester.lastError();
        throw new LinuxException(operation, error.errno(), error.toString());
    }

    /** Returns the family that a CTRL_CMD_NEWFAMILY message describes. */
    static GenericFamily decode(MessageReader message, String name) {
        int id = 0;
        int version = 0;
        Map<String, Integer> groups = new HashMap<>();
        AttributeReader attributes = message.attributes(MessageReader.GENERIC_HEADER_BYTES);
        while (attributes.next()) {
            switch (attributes.type()) {
                case ATTRIBUTE_ID -> id = attributes.u16();
                case ATTRIBUTE_VERSION -> version = attributes.u32();
                case ATTRIBUTE_GROUPS -> decodeGroups(attributes.nested(new AttributeReader()), groups);
                default -> {}
            }
        }
        return new GenericFamily(name, id, version, groups);
    }

    private static void decodeGroups(AttributeReader list, Map<String, Integer> groups) {
        AttributeReader group = new AttributeReader();
        while (list.next()) {
            list.nested(group);
            String groupName = "";
            int id = 0;
            while (group.next()) {
                switch (group.type()) {
                    case GROUP_NAME -> groupName = group.string();
                    case GROUP_ID -> id = group.u32();
                    default -> {}
                }
            }
            groups.put(groupName, id);
        }
    }
}
