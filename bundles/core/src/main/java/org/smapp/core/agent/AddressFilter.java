package org.smapp.core.agent;

import java.util.List;

/**
 * Which of this host's addresses subflows may use, as the operator wants it. Immutable.
 *
 * @param includedInterfaces shell patterns of interfaces; when there are some, only those count
 * @param excludedInterfaces shell patterns of interfaces that never count
 * @param loopback whether addresses that never leave the host count
 * @param linkLocal whether addresses that never leave their link count
 * @param needsDefaultRoute whether an address without any default route is left out, though packets from it reach their
 *     neighbours. A default route that there is must lead out of the address's interface in any case
 */
public record AddressFilter(
        List<String> includedInterfaces,
        List<String> excludedInterfaces,
        boolean loopback,
        boolean linkLocal,
        boolean needsDefaultRoute) {

    /** Everything that leaves its link. */
    public static final AddressFilter DEFAULT = new AddressFilter(List.of(), List.of(), false, false, false);

    public AddressFilter {
        includedInterfaces = List.copyOf(includedInterfaces);
        excludedInterfaces = List.copyOf(excludedInterfaces);
    }
}
