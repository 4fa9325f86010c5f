package org.smapp.api.configuration;

import java.util.List;
import org.osgi.annotation.versioning.ProviderType;

/**
 * All configurations. An OSGi service. Types, ranges and options are checked by the metatype of the bundle that is configured,
 * before the bundle sees a value. What the metatype can't say the bundle checks itself, and says here what is wrong.
 *
 * <p>Thread-safe.
 */
@ProviderType
public interface Configurations {

    /** Returns what is in force, by PID. */
    List<ConfigurationSnapshot> all();

    /**
     * Says that a configuration is wrong. It is logged once, and shown until the configuration is right, changed or removed.
     *
     * @param pid the configuration's name, as in the property {@code service.pid}
     * @param stays whether an earlier state stays in force; otherwise nothing of the configuration is in force
     * @param what the key, the value and what is allowed, such as {@code remotePorts: 'ssh' is no number}
     */
    void wrong(String pid, boolean stays, String what);

    /** Says that nothing is wrong with a configuration. */
    void right(String pid);
}
