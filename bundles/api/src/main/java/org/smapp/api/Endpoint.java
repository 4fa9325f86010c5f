package org.smapp.api;

import java.util.Set;

/**
 * An address that the in-kernel path manager uses.
 *
 * @param id its address id, 1 to 255, or {@link #CHOOSE_ID}
 * @param address the address
 * @param port the port to announce, or 0 for the connection's
 * @param flags what it is for
 * @param interfaceIndex the interface that its subflows are bound to, or 0 for none
 */
public record Endpoint(int id, IpAddress address, int port, Set<Flag> flags, int interfaceIndex) {

    /** Lets the kernel choose the id. */
    public static final int CHOOSE_ID = 0;

    /** What an endpoint is for (MPTCP_PM_ADDR_FLAG_*). */
    public enum Flag {
        /** It is announced to the peer. */
        SIGNAL,
        /** Subflows are opened from it. */
        SUBFLOW,
        /** Its subflows are backups. */
        BACKUP,
        /** Subflows are opened from it to every address of the peer. */
        FULLMESH,
        /** The kernel made it by itself for a subflow that came from this address. */
        IMPLICIT,
        /** Subflows are opened from it to announced addresses too; Linux 6.18 and later. */
        LAMINAR
    }

    public Endpoint {
        flags = Set.copyOf(flags);
    }
}
