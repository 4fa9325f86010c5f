package org.smapp.core.pm;

/**
 * The numbers of the generic netlink family {@code mptcp_pm} (Linux 5.19 and later): include/uapi/linux/mptcp.h and
 * include/uapi/linux/mptcp_pm.h. Attributes are in host byte order unless their name says otherwise.
 */
public final class Uapi {

    public static final String FAMILY = "mptcp_pm";
    public static final String EVENT_GROUP = "mptcp_pm_events";
    public static final int VERSION = 1;

    public static final int EVENT_CREATED = 1;
    public static final int EVENT_ESTABLISHED = 2;
    public static final int EVENT_CLOSED = 3;
    public static final int EVENT_ANNOUNCED = 6;
    public static final int EVENT_REMOVED = 7;
    public static final int EVENT_SUB_ESTABLISHED = 10;
    public static final int EVENT_SUB_CLOSED = 11;
    public static final int EVENT_SUB_PRIORITY = 13;
    public static final int EVENT_LISTENER_CREATED = 15;
    public static final int EVENT_LISTENER_CLOSED = 16;

    public static final int ATTR_TOKEN = 1;
    public static final int ATTR_FAMILY = 2;
    public static final int ATTR_LOC_ID = 3;
    public static final int ATTR_REM_ID = 4;
    public static final int ATTR_SADDR4 = 5;
    public static final int ATTR_SADDR6 = 6;
    public static final int ATTR_DADDR4 = 7;
    public static final int ATTR_DADDR6 = 8;
    public static final int ATTR_SPORT_BE = 9;
    public static final int ATTR_DPORT_BE = 10;
    public static final int ATTR_BACKUP = 11;
    public static final int ATTR_ERROR = 12;
    public static final int ATTR_FLAGS = 13;
    public static final int ATTR_IF_IDX = 15;
    public static final int ATTR_RESET_REASON = 16;
    public static final int ATTR_RESET_FLAGS = 17;
    public static final int ATTR_SERVER_SIDE = 18;

    public static final int FLAG_DENY_JOIN_ID0 = 1;
    public static final int FLAG_SERVER_SIDE = 2;
    public static final int RESET_TRANSIENT = 1;

    public static final int CMD_ADD_ADDR = 1;
    public static final int CMD_DEL_ADDR = 2;
    public static final int CMD_GET_ADDR = 3;
    public static final int CMD_FLUSH_ADDRS = 4;
    public static final int CMD_SET_LIMITS = 5;
    public static final int CMD_GET_LIMITS = 6;
    public static final int CMD_SET_FLAGS = 7;
    public static final int CMD_ANNOUNCE = 8;
    public static final int CMD_REMOVE = 9;
    public static final int CMD_SUBFLOW_CREATE = 10;
    public static final int CMD_SUBFLOW_DESTROY = 11;

    public static final int PM_ATTR_ADDR = 1;
    public static final int PM_ATTR_RCV_ADD_ADDRS = 2;
    public static final int PM_ATTR_SUBFLOWS = 3;
    public static final int PM_ATTR_TOKEN = 4;
    public static final int PM_ATTR_LOC_ID = 5;
    public static final int PM_ATTR_ADDR_REMOTE = 6;

    public static final int ADDR_ATTR_FAMILY = 1;
    public static final int ADDR_ATTR_ID = 2;
    public static final int ADDR_ATTR_ADDR4 = 3;
    public static final int ADDR_ATTR_ADDR6 = 4;
    public static final int ADDR_ATTR_PORT = 5;
    public static final int ADDR_ATTR_FLAGS = 6;
    public static final int ADDR_ATTR_IF_IDX = 7;

    public static final int ADDR_FLAG_SIGNAL = 1;
    public static final int ADDR_FLAG_SUBFLOW = 2;
    public static final int ADDR_FLAG_BACKUP = 4;
    public static final int ADDR_FLAG_FULLMESH = 8;
    public static final int ADDR_FLAG_IMPLICIT = 16;
    public static final int ADDR_FLAG_LAMINAR = 32;

    public static final int AF_INET = 2;
    public static final int AF_INET6 = 10;

    private Uapi() {}
}
