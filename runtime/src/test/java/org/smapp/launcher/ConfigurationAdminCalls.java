package org.smapp.launcher;

import java.util.Dictionary;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import org.osgi.framework.BundleContext;
import org.osgi.framework.InvalidSyntaxException;

/** Configuration Admin as the web console calls it. By reflection: its classes live in a bundle. */
final class ConfigurationAdminCalls {

    private final BundleContext context;

    ConfigurationAdminCalls(BundleContext context) {
        this.context = context;
    }

    /** Changes some keys of a configuration, which is made if it is not there. */
    void update(String pid, Map<String, Object> changes) {
        Object configuration = configuration(pid);
        Dictionary<String, Object> values = values(configuration);
        changes.forEach(values::put);
        call(configuration, "update", Dictionary.class, values);
    }

    void delete(String pid) {
        try {
            Object configuration = configuration(pid);
            configuration.getClass().getMethod("delete").invoke(configuration);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Returns a value, or null. */
    Object value(String pid, String key) {
        return values(configuration(pid)).get(key);
    }

    /** Returns what is wrong with the configurations. */
    List<?> problems() {
        Object configurations = service("org.smapp.api.configuration.Configurations");
        try {
            return (List<?>) configurations.getClass().getMethod("warnings").invoke(configurations);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    @SuppressWarnings("unchecked")
    private static Dictionary<String, Object> values(Object configuration) {
        try {
            Object values = configuration.getClass().getMethod("getProperties").invoke(configuration);
            return values == null ? new Hashtable<>() : (Dictionary<String, Object>) values;
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    private Object configuration(String pid) {
        Object admin = service("org.osgi.service.cm.ConfigurationAdmin");
        int tilde = pid.indexOf('~');
        try {
            if (tilde >= 0) {
                return admin.getClass()
                        .getMethod("getFactoryConfiguration", String.class, String.class, String.class)
                        .invoke(admin, pid.substring(0, tilde), pid.substring(tilde + 1), "?");
            }
            return admin.getClass()
                    .getMethod("getConfiguration", String.class, String.class)
                    .invoke(admin, pid, "?");
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void call(Object target, String method, Class<?> type, Object argument) {
        try {
            target.getClass().getMethod(method, type).invoke(target, argument);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    private Object service(String name) {
        try {
            return context.getService(context.getAllServiceReferences(name, null)[0]);
        } catch (InvalidSyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}
