package org.smapp.api;

import java.time.Instant;
import java.util.List;

/**
 * What is known of one connection at one moment. Immutable.
 *
 * @param token its name on this host
 * @param side which end this host is
 * @param state how far it has come
 * @param controller the name of the controller that owns it, or the empty string while it is only watched
 * @param policy the name of the policy under which it does, or the empty string for the controller's default policy
 * @param tuple the ends of its initial subflow
 * @param backup whether every subflow that works is a backup
 * @param recovered whether it was found by asking the kernel, because its events were missed
 * @param denyJoinId0 whether the peer wants no further subflow to the address the connection began with
 * @param subflows its subflows, the oldest first
 * @param remoteAddresses the peer's addresses that subflows may be opened to
 * @param pathManager who decides on its subflows
 * @param since when it was first seen
 */
public record ConnectionSnapshot(
        Token token,
        Side side,
        ConnectionState state,
        String controller,
        String policy,
        FourTuple tuple,
        boolean backup,
        boolean recovered,
        boolean denyJoinId0,
        List<Subflow> subflows,
        List<RemoteAddress> remoteAddresses,
        PathManagerType pathManager,
        Instant since) {}
