package org.smapp.core.family.upstream;

import java.nio.ByteBuffer;
import org.smapp.netlink.MessageWriter;

/** What the kernel would send about a connection that does not exist, token 0, from its beginning to its end. */
final class MadeUpLife {

    private static final int LOCAL = 0xc0000201;
    private static final int SECOND_LOCAL = 0xc0000202;
    private static final int REMOTE = 0xc6336401;
    private static final int LOCAL_PORT = 40_000;
    private static final int REMOTE_PORT = 443;

    private final MessageWriter writer = new MessageWriter();
    private final int family;

    private MadeUpLife(int family) {
        this.family = family;
    }

    /**
     * Returns the events in one datagram: it is created and established, gets and loses a second subflow, and closes.
     *
     * @param family the number of the path manager's family
     */
    static ByteBuffer datagram(int family) {
        return new MadeUpLife(family)
                .subflow(Uapi.EVENT_CREATED, LOCAL, 0)
                .subflow(Uapi.EVENT_ESTABLISHED, LOCAL, 0)
                .subflow(Uapi.EVENT_SUB_ESTABLISHED, SECOND_LOCAL, 1)
                .subflow(Uapi.EVENT_SUB_CLOSED, SECOND_LOCAL, 1)
                .event(Uapi.EVENT_CLOSED)
                .writer
                .finish();
    }

    private MadeUpLife subflow(int kind, int local, int id) {
        event(kind);
        writer.u16(Uapi.ATTR_FAMILY, Uapi.AF_INET);
        writer.be32(Uapi.ATTR_SADDR4, local).be32(Uapi.ATTR_DADDR4, REMOTE);
        writer.be16(Uapi.ATTR_SPORT_BE, LOCAL_PORT + id).be16(Uapi.ATTR_DPORT_BE, REMOTE_PORT);
        writer.u8(Uapi.ATTR_LOC_ID, id).u8(Uapi.ATTR_REM_ID, 0).u8(Uapi.ATTR_BACKUP, 0);
        return this;
    }

    private MadeUpLife event(int kind) {
        if (kind == Uapi.EVENT_CREATED) {
            writer.begin(family, 0, 0);
        } else {
            writer.beginAnother(family, 0, 0, 0);
        }
        writer.genl(kind, Uapi.VERSION).u32(Uapi.ATTR_TOKEN, 0);
        return this;
    }
}
