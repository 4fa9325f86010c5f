package org.smapp.netlink;

/** Flags of a netlink message's header (linux/netlink.h). The same bit can mean one thing in requests, another in answers. */
public final class MessageFlags {

    public static final int REQUEST = 0x1;
    public static final int MULTIPART = 0x2;
    public static final int ACKNOWLEDGE = 0x4;

    /** In an answer: the kernel's table changed during the dump, which may have missed or doubled entries. */
    public static final int DUMP_INTERRUPTED = 0x10;

    /** In a request: all entries (NLM_F_ROOT and NLM_F_MATCH). */
    public static final int DUMP = 0x300;

    /** In an error: of the request only the header is repeated. */
    public static final int CAPPED = 0x100;

    /** In an error: attributes follow that explain it. */
    public static final int ERROR_ATTRIBUTES = 0x200;

    private MessageFlags() {}
}
