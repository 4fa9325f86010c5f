package org.smapp.api;

/**
 * An address of this host. Where the documents say just "local address", subflows can be opened over it now: its link is up
 * with carrier, its scope and state allow it, packets from it find a route out of its interface, and no filter of the
 * configuration excludes it.
 *
 * @param address the address
 * @param prefixLength the length of its subnet's prefix in bits
 * @param interfaceIndex the kernel's number of the interface, above 0
 * @param interfaceName the name of the interface
 */
public record LocalAddress(IpAddress address, int prefixLength, int interfaceIndex, String interfaceName) {

    /** Returns whether both are of one family and on one interface. */
    public boolean isBeside(LocalAddress other) {
        return interfaceIndex == other.interfaceIndex && address.v6() == other.address.v6();
    }

    /** Returns {@code 192.0.2.1/24 on wan0}. */
    @Override
    public String toString() {
        return address + "/" + prefixLength + " on " + interfaceName;
    }
}
