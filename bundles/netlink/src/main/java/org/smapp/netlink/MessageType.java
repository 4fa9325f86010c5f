package org.smapp.netlink;

/** Message types that every netlink protocol shares (linux/netlink.h); those of a protocol begin at 16. */
public final class MessageType {

    /** To be ignored. */
    public static final int NOOP = 1;

    /** An acknowledgement or an error; see {@link NetlinkError}. */
    public static final int ERROR = 2;

    /** The end of a multipart answer. */
    public static final int DONE = 3;

    /** The controller of generic netlink, GENL_ID_CTRL. */
    public static final int GENERIC_CONTROLLER = 16;

    private MessageType() {}
}
