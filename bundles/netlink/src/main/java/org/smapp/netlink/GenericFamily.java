package org.smapp.netlink;

import java.util.Map;
import org.smapp.linux.Errno;
import org.smapp.linux.LinuxException;

/**
 * A family of generic netlink, as the running kernel numbers it.
 *
 * @param name its name, such as {@code mptcp_pm}
 * @param id the type of its messages
 * @param version the version of its commands
 * @param groups its multicast groups, number by name
 */
public record GenericFamily(String name, int id, int version, Map<String, Integer> groups) {

    public GenericFamily {
        groups = Map.copyOf(groups);
    }

    /**
     * Returns the number of a multicast group, for {@link org.smapp.linux.NetlinkSocket#join}.
     *
     * @throws LinuxException ENOENT if the family has no such group
     */
    public int group(String groupName) throws LinuxException {
        Integer group = groups.get(groupName);
        if (group == null) {
            throw new LinuxException(
                    "find group " + groupName + " of netlink family " + name,
                    Errno.ENOENT,
                    "this kernel has only " + groups.keySet() + "; use a newer kernel");
        }
        return group;
    }
}
