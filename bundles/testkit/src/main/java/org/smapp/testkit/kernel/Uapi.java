package org.smapp.testkit.kernel;

/**
 * Numbers of include/uapi/linux/mptcp.h and mptcp_pm.h. Written down a second time on purpose, on the kernel's side: a wrong
 * number of the client's can't hide.
 */
final class Uapi {

    static final String FAMILY_NAME = "mptcp_pm";
    static final int FAMILY = 28;
    static final int VERSION = 1;
    static final int GROUP_COMMANDS = 8;
    static final int GROUP_EVENTS = 9;

    static final int ADD_ADDR = 1;
    static final int DEL_ADDR = 2;
    static final int GET_ADDR = 3;
    static final int FLUSH_ADDRS = 4;
    static final int SET_LIMITS = 5;
    static final int GET_LIMITS = 6;
    static final int SET_FLAGS = 7;
    static final int ANNOUNCE = 8;
    static final int REMOVE = 9;
    static final int SUBFLOW_CREATE = 10;
    static final int SUBFLOW_DESTROY = 11;

    static final int ADDR = 1;
    static final int RCV_ADD_ADDRS = 2;
    static final int SUBFLOWS = 3;
    static final int TOKEN = 4;
    static final int LOC_ID = 5;
    static final int ADDR_REMOTE = 6;

    static final int SIGNAL = 1;
    static final int SUBFLOW = 2;
    static final int BACKUP = 4;
    static final int FULLMESH = 8;
    static final int IMPLICIT = 16;

    static final int AF_INET = 2;
    static final int AF_INET6 = 10;

    private Uapi() {}
}
