package org.smapp.api;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/**
 * The in-kernel path manager of the managed network namespace: the endpoints and limits by which it handles the connections
 * that are its own, those that no userspace path manager had when they were made. An OSGi service.
 *
 * <p>Thread-safe. Each call asks the kernel and waits for its answer, some microseconds.
 */
@ProviderType
public interface EndpointAdmin {

    /**
     * Returns all endpoints, by id.
     *
     * @throws IOException if the kernel can't be asked; its message says what to do
     */
    List<Endpoint> endpoints() throws IOException;

    /**
     * Returns the endpoint with an id, if there is one.
     *
     * @throws IOException if the kernel can't be asked; its message says what to do
     */
    Optional<Endpoint> endpoint(int id) throws IOException;

    /** Adds an endpoint; with {@link Endpoint#CHOOSE_ID}, the kernel gives it the next id that is free. */
    Outcome add(Endpoint endpoint);

    /** Deletes the endpoint with this id, 1 to 255. */
    Outcome delete(int id);

    /** Deletes all endpoints. */
    Outcome flush();

    /** Makes the endpoint with this id backup or not and fullmesh or not; the kernel changes no other flags. */
    Outcome setFlags(int id, boolean backup, boolean fullmesh);

    /**
     * Returns the limits in force.
     *
     * @throws IOException if the kernel can't be asked; its message says what to do
     */
    EndpointLimits limits() throws IOException;

    /** Sets the limits. */
    Outcome setLimits(EndpointLimits limits);
}
