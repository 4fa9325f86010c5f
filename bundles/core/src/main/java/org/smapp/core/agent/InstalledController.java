package org.smapp.core.agent;

import java.util.Map;
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
 * @param configuration how often its configuration has changed
 * @param settings its configuration
 */
public record InstalledController(
        String name,
        Version version,
        String bundle,
        long serviceId,
        SubflowController service,
        int configuration,
        Map<String, Object> settings)
        implements Comparable<InstalledController> {

    /** Makes an immutable copy. */
    public InstalledController {
        settings = Map.copyOf(settings);
    }

    /** A controller without a configuration. */
    public InstalledController(String name, Version version, String bundle, long serviceId, SubflowController service) {
        this(name, version, bundle, serviceId, service, 0, Map.of());
    }

    /** Returns the same controller with its next configuration. */
    public InstalledController reconfigured(Map<String, Object> next) {
        return new InstalledController(name, version, bundle, serviceId, service, configuration + 1, next);
    }

    /** Returns whether it is the same, with the same configuration. */
    boolean isSameAs(InstalledController other) {
        return equals(other) && configuration == other.configuration;
    }

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
