package org.smapp.netlink;

/** Netlink pads headers, attributes and messages to multiples of four bytes. */
final class Alignment {

    private Alignment() {}

    static int up(int bytes) {
        return bytes + 3 & ~3;
    }
}
