package org.smapp.core.agent;

import java.util.List;

/**
 * Which of this host's addresses subflows may use, as the operator wants it. Immutable.
 *
 * @param includedInterfaces shell patterns of interfaces; when there are some, only those count
 * @param excludedInterfaces shell patterns of interfaces that never count
 * @param loopback whether addresses count that never leave the host
 * @param linkLocal whether addresses count that never leave their link
 * @param needsDefaultRoute whether an address also needs a default route where packets from it find none at all, and can only
 *     reach their neighbours; where they find one, it has to lead out of the address's interface in any case
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
