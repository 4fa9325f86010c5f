package org.smapp.core;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.osgi.framework.Constants;
import org.osgi.framework.ServiceReference;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.smapp.api.configuration.Configurations;
import org.smapp.core.rule.Policy;

/** One policy: a factory configuration {@code org.smapp.policy~NAME}. All its keys but the first are its controller's. */
@Component(
        service = PolicyComponent.class,
        immediate = true,
        configurationPid = "org.smapp.policy",
        configurationPolicy = ConfigurationPolicy.REQUIRE)
@Designate(ocd = PolicyComponent.Settings.class, factory = true)
public final class PolicyComponent {

    private static final String CONTROLLER = "controller";

    /** What can be configured, besides what the controller knows. */
    @ObjectClassDefinition(
            name = "SMAPP policy",
            description = "A controller with settings of its own, for rules to name. What is not set is as in the"
                    + " controller's own configuration.")
    @interface Settings {
        @AttributeDefinition(name = "Controller", description = "The controller's name, such as fullmesh.")
        String controller();
    }

    private final Configurations configurations;
    private volatile Policy policy;

    /** Waits for its configuration. */
    @Activate
    public PolicyComponent(@Reference Configurations configurations) {
        this.configurations = configurations;
    }

    /** Reads the policy from its configuration, which may have changed. */
    @Activate
    @Modified
    void configure(Map<String, Object> properties) {
        String pid = String.valueOf(properties.get(Constants.SERVICE_PID));
        String name = pid.substring(pid.indexOf('~') + 1);
        String controller =
                String.valueOf(properties.getOrDefault(CONTROLLER, "")).trim();
        if (controller.isEmpty()) {
            configurations.wrong(pid, policy != null, "controller: no name is given: add one such as fullmesh");
            return;
        }
        Map<String, Object> settings = settings(properties);
        settings.remove(CONTROLLER);
        policy = new Policy(name, controller, settings);
        configurations.right(pid);
    }

    /** Returns the policy, or nothing if it never made sense. */
    Optional<Policy> policy() {
        return Optional.ofNullable(policy);
    }

    /** Returns the settings that are among the properties of a service. */
    static Map<String, Object> settings(ServiceReference<?> reference) {
        Map<String, Object> properties = new HashMap<>();
        for (String key : reference.getPropertyKeys()) {
            properties.put(key, reference.getProperty(key));
        }
        return settings(properties);
    }

    /** What the framework and its services add has a dot in its name, or is the names of classes. */
    private static Map<String, Object> settings(Map<String, Object> properties) {
        Map<String, Object> settings = new HashMap<>(properties);
        settings.keySet().removeIf(key -> key.contains(".") || key.equals(Constants.OBJECTCLASS));
        settings.replaceAll(
                (key, value) -> value instanceof Object[] several ? List.copyOf(Arrays.asList(several)) : value);
        return settings;
    }
}
