package org.smapp.api.controller;

import org.osgi.annotation.versioning.ConsumerType;

/**
 * A policy: decides which subflows the connections have that the rules give to it. Registered as an OSGi service with the
 * property {@link #NAME}; the version that operators see is that of the bundle.
 *
 * <p>Everything here and in {@link ConnectionHandler} is called on one thread, the agent: plain fields, no locks, and no call
 * that waits. The time spent in a call is time in which no other connection is served.
 */
@ConsumerType
public interface SubflowController {

    /** The service property that holds the controller's name, such as {@code fullmesh}. */
    String NAME = "smapp.controller";

    /**
     * Takes over a connection. It may be new, found after a restart, handed over by another controller, or handed over anew
     * because its policy or the service's properties changed: look at the subflows that are there, and act on what is missing.
     *
     * @param connection valid until {@link ConnectionHandler#released} has been called
     * @return who hears of the connection's events from now on
     */
    ConnectionHandler manage(Connection connection);
}
