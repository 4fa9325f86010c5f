package org.smapp.core.agent;

import org.osgi.framework.Version;
import org.smapp.api.controller.SubflowController;

/**
 * A controller service that is there. Two with the same name are two versions of one policy; the higher one gets the
 * connections.
 *
 * @param name the service's name
 * @param version the version of its bundle
 * @param bundle the symbolic name of its bundle
 * @param serviceId the framework's number of the service, which tells two of the same version apart
 * @param service the service
 */
public record InstalledController(
        String name, Version version, String bundle, long serviceId, SubflowController service)
        implements Comparable<InstalledController> {

    @Override
    public boolean equals(Object other) {
        return other instanceof InstalledController controller && controller.serviceId == serviceId;
    }

    @Override
    public int hashCode() {
        return Long.hashCode(serviceId);
    }

    /** Orders the higher version, and of equal ones the later service, first. */
    @Override
    public int compareTo(InstalledController other) {
        int byVersion = other.version.compareTo(version);
        return byVersion != 0 ? byVersion : Long.compare(other.serviceId, serviceId);
    }

    /** Returns {@code fullmesh 1.0.0}. */
    @Override
    public String toString() {
        return name + " " + version;
    }
}
