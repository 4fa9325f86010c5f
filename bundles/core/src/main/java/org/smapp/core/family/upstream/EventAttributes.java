package org.smapp.core.family.upstream;

import org.smapp.api.CloseCause;
import org.smapp.api.IpAddress;
import org.smapp.netlink.AttributeReader;

/**
 * The attributes of one event: the one place that knows their widths and byte orders. Ports are in network byte order in
 * events, all else is in host byte order.
 *
 * <p>For one thread at a time; read again and again, without garbage but the addresses.
 */
final class EventAttributes {

    int token;
    int family;
    IpAddress source;
    IpAddress destination;
    int sourcePort;
    int destinationPort;
    int localId;
    int remoteId;
    int backup;
    int error;
    int flags;
    int interfaceIndex;
    int resetReason;
    int resetFlags;

    private int seen;

    void clear() {
        seen = 0;
        source = null;
        destination = null;
        backup = 0;
        localId = 0;
        remoteId = 0;
        error = 0;
        flags = 0;
        interfaceIndex = 0;
        resetReason = CloseCause.NO_RESET;
        resetFlags = 0;
    }

    /** Takes the attribute that {@code attribute} stands on; those that are not known are passed over. */
    void read(AttributeReader attribute) {
        int type = attribute.type();
        switch (type) {
            case Uapi.ATTR_TOKEN -> token = attribute.u32();
            case Uapi.ATTR_FAMILY -> family = attribute.u16();
            case Uapi.ATTR_LOC_ID -> localId = attribute.u8();
            case Uapi.ATTR_REM_ID -> remoteId = attribute.u8();
            case Uapi.ATTR_SADDR4 -> source = IpAddress.v4(attribute.be32());
            case Uapi.ATTR_SADDR6 -> source = IpAddress.v6(attribute.be64(0), attribute.be64(8));
            case Uapi.ATTR_DADDR4 -> destination = IpAddress.v4(attribute.be32());
            case Uapi.ATTR_DADDR6 -> destination = IpAddress.v6(attribute.be64(0), attribute.be64(8));
            case Uapi.ATTR_SPORT_BE -> sourcePort = attribute.u16be();
            case Uapi.ATTR_DPORT_BE -> destinationPort = attribute.u16be();
            case Uapi.ATTR_BACKUP -> backup = attribute.u8();
            case Uapi.ATTR_ERROR -> error = attribute.u8();
            case Uapi.ATTR_FLAGS -> flags |= attribute.u16();
            case Uapi.ATTR_IF_IDX -> interfaceIndex = attribute.s32();
            case Uapi.ATTR_RESET_REASON -> resetReason = attribute.u32();
            case Uapi.ATTR_RESET_FLAGS -> resetFlags = attribute.u32();
            // Linux 6.12 sends SERVER_SIDE always, as 0 or 1; 6.18 sends a flag bit, and SERVER_SIDE only when it is 1.
            case Uapi.ATTR_SERVER_SIDE -> flags |= attribute.u8() != 0 ? Uapi.FLAG_SERVER_SIDE : 0;
            default -> {
                return;
            }
        }
        seen |= 1 << type;
    }

    boolean has(int type) {
        return (seen & 1 << type) != 0;
    }

    boolean denyJoinId0() {
        return (flags & Uapi.FLAG_DENY_JOIN_ID0) != 0;
    }

    boolean serverSide() {
        return (flags & Uapi.FLAG_SERVER_SIDE) != 0;
    }
}
