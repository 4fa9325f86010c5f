package org.smapp.api;

/**
 * An address and a TCP port.
 *
 * @param address the address
 * @param port the port, 0 to 65535; 0 stands for any
 */
public record TransportAddress(IpAddress address, int port) {

    /** Returns the same with an IPv4 address where it is IPv4-mapped. */
    public TransportAddress unmapped() {
        return new TransportAddress(address.unmapped(), port);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof TransportAddress at && at.port == port && at.address.equals(address);
    }

    @Override
    public int hashCode() {
        return address.hashCode() * 31 + port;
    }

    /** Returns {@code 192.0.2.1:443} or {@code [2001:db8::1]:443}. */
    @Override
    public String toString() {
        return address.v6() ? "[" + address + "]:" + port : address + ":" + port;
    }
}
