package org.smapp.core.family.upstream;

/**
 * The numbers of the generic netlink family {@code mptcp_pm} (Linux 5.19 and later): include/uapi/linux/mptcp.h and
 * include/uapi/linux/mptcp_pm.h. Attributes are in host byte order unless their name says otherwise.
 */
final class Uapi {

    static final String FAMILY = "mptcp_pm";
    static final String EVENT_GROUP = "mptcp_pm_events";
    static final int VERSION = 1;

    static final int EVENT_CREATED = 1;
    static final int EVENT_ESTABLISHED = 2;
    static final int EVENT_CLOSED = 3;
    static final int EVENT_ANNOUNCED = 6;
    static final int EVENT_REMOVED = 7;
    static final int EVENT_SUB_ESTABLISHED = 10;
    static final int EVENT_SUB_CLOSED = 11;
    static final int EVENT_SUB_PRIORITY = 13;
    static final int EVENT_LISTENER_CREATED = 15;
    static final int EVENT_LISTENER_CLOSED = 16;

    static final int ATTR_TOKEN = 1;
    static final int ATTR_FAMILY = 2;
    static final int ATTR_LOC_ID = 3;
    static final int ATTR_REM_ID = 4;
    static final int ATTR_SADDR4 = 5;
    static final int ATTR_SADDR6 = 6;
    static final int ATTR_DADDR4 = 7;
    static final int ATTR_DADDR6 = 8;
    static final int ATTR_SPORT_BE = 9;
    static final int ATTR_DPORT_BE = 10;
    static final int ATTR_BACKUP = 11;
    static final int ATTR_ERROR = 12;
    static final int ATTR_FLAGS = 13;
    static final int ATTR_IF_IDX = 15;
    static final int ATTR_RESET_REASON = 16;
    static final int ATTR_RESET_FLAGS = 17;
    static final int ATTR_SERVER_SIDE = 18;

    static final int FLAG_DENY_JOIN_ID0 = 1;
    static final int FLAG_SERVER_SIDE = 2;
    static final int RESET_TRANSIENT = 1;

    static final int CMD_ADD_ADDR = 1;
    static final int CMD_DEL_ADDR = 2;
    static final int CMD_GET_ADDR = 3;
    static final int CMD_FLUSH_ADDRS = 4;
    static final int CMD_SET_LIMITS = 5;
    static final int CMD_GET_LIMITS = 6;
    static final int CMD_SET_FLAGS = 7;
    static final int CMD_ANNOUNCE = 8;
    static final int CMD_REMOVE = 9;
    static final int CMD_SUBFLOW_CREATE = 10;
    static final int CMD_SUBFLOW_DESTROY = 11;

    static final int PM_ATTR_ADDR = 1;
    static final int PM_ATTR_RCV_ADD_ADDRS = 2;
    static final int PM_ATTR_SUBFLOWS = 3;
    static final int PM_ATTR_TOKEN = 4;
    static final int PM_ATTR_LOC_ID = 5;
    static final int PM_ATTR_ADDR_REMOTE = 6;

    static final int ADDR_ATTR_FAMILY = 1;
    static final int ADDR_ATTR_ID = 2;
    static final int ADDR_ATTR_ADDR4 = 3;
    static final int ADDR_ATTR_ADDR6 = 4;
    static final int ADDR_ATTR_PORT = 5;
    static final int ADDR_ATTR_FLAGS = 6;
    static final int ADDR_ATTR_IF_IDX = 7;

    static final int AF_INET = 2;
    static final int AF_INET6 = 10;

    private Uapi() {}
}
