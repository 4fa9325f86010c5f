package org.smapp.core.agent;

import org.smapp.api.IpAddress;

/**
 * Which source addresses fit a destination, as RFC 6724 has it (sections 2.1 and 5): those of the same label. Stateless.
 */
final class SourceSelection {

    private static final int LINK_LOCAL = 0;
    private static final int GLOBAL = 1;
    private static final int SIX_TO_FOUR = 2;
    private static final int TEREDO = 5;
    private static final int SITE_LOCAL = 11;
    private static final int UNIQUE_LOCAL = 13;

    private SourceSelection() {}

    /** Returns whether packets from {@code destination} can be expected to find their way back to {@code source}. */
    static boolean fits(IpAddress source, IpAddress destination) {
        return label(source) == label(destination);
    }

    /** Returns whether hosts on the Internet can be expected to reach it. */
    static boolean isGlobal(IpAddress address) {
        return label(address) == GLOBAL;
    }

    private static int label(IpAddress address) {
        if (!address.v6()) {
            return GLOBAL;
        }
        int first = (int) (address.high() >>> 48);
        if (address.isLinkLocal()) {
            return LINK_LOCAL;
        }
        if (first >>> 9 == 0xfc >>> 1) {
            return UNIQUE_LOCAL;
        }
        if (first >>> 6 == 0xfec0 >>> 6) {
            return SITE_LOCAL;
        }
        if (first == 0x2002) {
            return SIX_TO_FOUR;
        }
        return address.high() >>> 32 == 0x20010000 ? TEREDO : GLOBAL;
    }

    /** Returns whether the address can be a host's at all: not 0.0.0.0 or ::, and none of a group. */
    static boolean isHost(IpAddress address) {
        boolean group = address.v6() ? address.high() >>> 56 == 0xff : address.low() >>> 28 >= 0xe;
        return !group && (address.v6() ? address.high() | address.low() : address.low() >>> 24) != 0;
    }
}
