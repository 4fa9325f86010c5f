package org.smapp.core.rule;

import java.util.List;
import org.smapp.api.FourTuple;
import org.smapp.api.InterfaceNames;
import org.smapp.api.IpAddress;
import org.smapp.api.Side;

/**
 * What a connection must be like. All conditions have to hold; one that is left empty always does. They look at the initial
 * subflow only: what the owner of a connection does can't change who owns it. Immutable.
 *
 * @param side which end this host must be, or null for either
 * @param remotePrefixes one of them must hold the peer's address
 * @param localPrefixes one of them must hold this host's address
 * @param remotePorts the peer's port must be among them
 * @param localPorts this host's port must be among them
 * @param interfaces the interface with this host's address must be among them
 * @param uids the user who opened or accepted the connection must be among them
 */
public record Conditions(
        Side side,
        List<IpPrefix> remotePrefixes,
        List<IpPrefix> localPrefixes,
        NumberSet remotePorts,
        NumberSet localPorts,
        InterfaceNames interfaces,
        NumberSet uids) {

    /** Every connection. */
    public static final Conditions ANY = new Conditions(
            null, List.of(), List.of(), NumberSet.EMPTY, NumberSet.EMPTY, InterfaceNames.NONE, NumberSet.EMPTY);

    /** Who opened a connection: the kernel does not say it in its events and has to be asked. */
    public interface UidQuestion {
        /** Returns the user's number, or -1 if nobody knows. */
        long uid();
    }

    /** @param uid asked only if everything else holds and a user is demanded */
    public boolean match(Side its, FourTuple tuple, String interfaceName, UidQuestion uid) {
        return (side == null || side == its)
                && allows(remotePorts, tuple.remotePort())
                && allows(localPorts, tuple.localPort())
                && hold(remotePrefixes, tuple.remoteAddress())
                && hold(localPrefixes, tuple.localAddress())
                && (interfaces.isEmpty() || interfaces.contains(interfaceName))
                && (uids.isEmpty() || uids.contains(uid.uid()));
    }

    private static boolean allows(NumberSet numbers, long number) {
        return numbers.isEmpty() || numbers.contains(number);
    }

    private static boolean hold(List<IpPrefix> prefixes, IpAddress address) {
        if (prefixes.isEmpty()) {
            return true;
        }
        IpAddress plain = address.unmapped();
        for (IpPrefix each : prefixes) {
            if (each.contains(plain)) {
                return true;
            }
        }
        return false;
    }
}
