package org.smapp.core.agent;

import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.osgi.util.converter.ConversionException;
import org.osgi.util.converter.Converters;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.smapp.core.rule.Policy;

/**
 * The settings that a controller has under one policy. Each is read and converted once, whatever the number of connections.
 *
 * <p>Thread-safe.
 */
final class ControllerSettings {

    private static final Logger LOG = LoggerFactory.getLogger(ControllerSettings.class);

    private final Policy policy;
    private final InstalledController controller;
    private final Map<String, Object> values;
    private final Map<Class<?>, Object> views = new ConcurrentHashMap<>();

    ControllerSettings(Policy policy, InstalledController controller) {
        this.policy = policy;
        this.controller = controller;
        values = new HashMap<>(controller.settings()); // for what the policy does not set
        values.putAll(policy.settings());
    }

    /** Returns the name of the policy, empty for the default policy. */
    String policy() {
        return policy.name();
    }

    /** Returns the settings as {@code type}, an annotation type whose methods are the keys. */
    <S> S as(Class<S> type) {
        return type.cast(views.computeIfAbsent(type, this::view));
    }

    private Object view(Class<?> type) {
        Map<String, Object> read = new HashMap<>();
        for (Method each : type.getDeclaredMethods()) {
            read.put(each.getName(), value(each));
        }
        return Proxy.newProxyInstance(
                type.getClassLoader(),
                new Class<?>[] {type},
                (view, method, arguments) -> method.getDeclaringClass() == type
                        ? read.get(method.getName())
                        : method.invoke(read, arguments));
    }

    private Object value(Method key) {
        Object value = values.getOrDefault(key.getName(), key.getDefaultValue());
        try {
            return Converters.standardConverter().convert(value).to(key.getGenericReturnType());
        } catch (ConversionException e) {
            LOG.error(
                    "{} of {} can't be '{}': its default is in force",
                    key.getName(),
                    policy.name().isEmpty() ? "controller " + controller.name() : "policy " + policy.name(),
                    value);
            return Converters.standardConverter().convert(key.getDefaultValue()).to(key.getGenericReturnType());
        }
    }

    /** Returns whether nothing was configured anew. */
    boolean isSameAs(ControllerSettings other) {
        return this == other || policy.equals(other.policy) && controller.isSameAs(other.controller);
    }
}
