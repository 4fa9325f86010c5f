package org.smapp.core.memory;

import java.util.List;
import org.smapp.api.ConnectionSnapshot;
import org.smapp.api.FourTuple;
import org.smapp.api.IpAddress;
import org.smapp.api.RemoteAddress;
import org.smapp.api.Side;

/**
 * What the kernel can't be asked for about a connection. Immutable.
 *
 * @param tuple the ends of its initial subflow, which tell whether it is still the same connection
 * @param side which end of it this host is; the kernel knows only while the initial subflow lives
 * @param denyJoinId0 whether the peer wants nobody to join its first address
 * @param announced the addresses that the peer announced
 */
public record Remembered(FourTuple tuple, Side side, boolean denyJoinId0, List<RemoteAddress> announced) {

    /** Returns what is to be remembered of a connection that is known. */
    public static Remembered of(ConnectionSnapshot connection) {
        return new Remembered(
                connection.tuple(),
                connection.side(),
                connection.denyJoinId0(),
                connection.remoteAddresses().stream()
                        .filter(each -> each.id() != 0)
                        .toList());
    }

    /** Returns whether this is about the connection that began with {@code other}; tokens are used again. */
    public boolean isOf(FourTuple other) {
        return tuple.localPort() == other.localPort()
                && tuple.remotePort() == other.remotePort()
                && same(tuple.localAddress(), other.localAddress())
                && same(tuple.remoteAddress(), other.remoteAddress());
    }

    private static boolean same(IpAddress one, IpAddress other) {
        return one.unmapped().equals(other.unmapped());
    }
}
