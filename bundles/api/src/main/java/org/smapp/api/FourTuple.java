package org.smapp.api;

/**
 * The two ends of one subflow, as the kernel reports them: on a dual-stack socket IPv4 addresses are IPv4-mapped.
 *
 * @param localAddress this host's address
 * @param localPort this host's port; 0 while a subflow that was asked for has not reported its own
 * @param remoteAddress the peer's address
 * @param remotePort the peer's port
 */
public record FourTuple(IpAddress localAddress, int localPort, IpAddress remoteAddress, int remotePort) {

    /** Returns this host's end. */
    public TransportAddress local() {
        return new TransportAddress(localAddress, localPort);
    }

    /** Returns the peer's end. */
    public TransportAddress remote() {
        return new TransportAddress(remoteAddress, remotePort);
    }

    /** Returns these ends as they are asked for: from any port (0), and with IPv4 addresses where they are IPv4-mapped. */
    public FourTuple fromAnyPort() {
        return new FourTuple(localAddress.unmapped(), 0, remoteAddress.unmapped(), remotePort);
    }

    /** Returns these ends with IPv4 addresses where they are IPv4-mapped, as people write them. */
    public FourTuple unmapped() {
        return new FourTuple(localAddress.unmapped(), localPort, remoteAddress.unmapped(), remotePort);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof FourTuple tuple
                && tuple.localPort == localPort
                && tuple.remotePort == remotePort
                && tuple.localAddress.equals(localAddress)
                && tuple.remoteAddress.equals(remoteAddress);
    }

    @Override
    public int hashCode() {
        return (localAddress.hashCode() * 31 + localPort) * 31 + remoteAddress.hashCode() * 31 + remotePort;
    }

    /** Returns {@code 192.0.2.1:40000 -> 198.51.100.1:443}. */
    @Override
    public String toString() {
        return local() + " -> " + remote();
    }
}
