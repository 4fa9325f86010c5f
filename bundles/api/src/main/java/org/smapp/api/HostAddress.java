package org.smapp.api;

/**
 * An address of this host, whether subflows can use it or not.
 *
 * @param address the address and its interface
 * @param obstacle why no subflow can be opened over it now, such as {@code interface wan1 has no carrier}; empty if one can
 */
public record HostAddress(LocalAddress address, String obstacle) {

    /** Returns whether subflows can be opened over it now. */
    public boolean isUsable() {
        return obstacle.isEmpty();
    }
}
