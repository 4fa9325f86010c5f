package org.smapp.core.family.upstream;

import org.smapp.netlink.AttributeReader;
import org.smapp.netlink.MessageReader;

/**
 * Writes an event as the kernel's own test tool prints it: {@code type:10,token:2706172147,family:2,...}, the attributes in the
 * order in which the kernel sent them, {@code server_side} last. The interface and the reasons of a reset are not printed.
 *
 * <p>For one thread at a time.
 */
public final class EventLine {

    private final EventAttributes fields = new EventAttributes();
    private final StringBuilder line = new StringBuilder(200);

    /** Returns the line, without an end of line, for the message that {@code message} stands on. */
    public CharSequence of(MessageReader message) {
        line.setLength(0);
        fields.clear();
        line.append("type:").append(message.genlCommand());
        AttributeReader attributes = message.attributes(MessageReader.GENERIC_HEADER_BYTES);
        while (attributes.next()) {
            fields.read(attributes);
            append(attributes.type());
        }
        return fields.serverSide() ? line.append(",server_side:1") : line;
    }

    private void append(int type) {
        switch (type) {
            case Uapi.ATTR_TOKEN -> number("token", Integer.toUnsignedLong(fields.token));
            case Uapi.ATTR_FAMILY -> number("family", fields.family);
            case Uapi.ATTR_LOC_ID -> number("loc_id", fields.localId);
            case Uapi.ATTR_REM_ID -> number("rem_id", fields.remoteId);
            case Uapi.ATTR_SADDR4 -> line.append(",saddr4:").append(fields.source);
            case Uapi.ATTR_SADDR6 -> line.append(",saddr6:").append(fields.source);
            case Uapi.ATTR_DADDR4 -> line.append(",daddr4:").append(fields.destination);
            case Uapi.ATTR_DADDR6 -> line.append(",daddr6:").append(fields.destination);
            case Uapi.ATTR_SPORT_BE -> number("sport", fields.sourcePort);
            case Uapi.ATTR_DPORT_BE -> number("dport", fields.destinationPort);
            case Uapi.ATTR_BACKUP -> number("backup", fields.backup);
            case Uapi.ATTR_ERROR -> number("error", fields.error);
            case Uapi.ATTR_FLAGS -> {
                if (fields.denyJoinId0()) {
                    number("deny_join_id0", 1);
                }
            }
            default -> {}
        }
    }

    private void number(String name, long value) {
        line.append(',').append(name).append(':').append(value);
    }
}
