package org.smapp.config;

import java.util.Dictionary;
import org.apache.felix.webconsole.spi.ConfigurationHandler;
import org.apache.felix.webconsole.spi.ValidationException;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Has the web console refuse what is wrong, and say why, rather than save it and have it undone. Thread-safe. */
@Component
public final class ConsoleCheck implements ConfigurationHandler {

    private final ConfigurationsComponent configurations;

    /** @param configurations knows what is allowed */
    @Activate
    public ConsoleCheck(@Reference ConfigurationsComponent configurations) {
        this.configurations = configurations;
    }

    @Override
    public void updateConfiguration(String factoryPid, String pid, Dictionary<String, Object> values)
            throws ValidationException {
        String problem = configurations.problem(factoryPid, pid, values);
        if (!problem.isEmpty()) {
            throw new ValidationException(problem);
        }
    }

    @Override
    public void createConfiguration(String pid) {
        // there is nothing in it yet
    }

    @Override
    public void createFactoryConfiguration(String factoryPid, String name) {
        // there is nothing in it yet
    }

    @Override
    public void deleteConfiguration(String factoryPid, String pid) {
        // anything can be deleted
    }
}
