package org.smapp.linux;

import org.osgi.annotation.versioning.ProviderType;

/** A listening Multipath TCP socket that accepts no connection by itself: the kernel does, and joins come in over it. */
@ProviderType
public interface MptcpListener extends AutoCloseable {

    /** Returns the port in use, in host byte order. */
    int port();

    /** Stops listening; again is allowed. */
    @Override
    void close();
}
