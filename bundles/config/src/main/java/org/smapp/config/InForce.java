package org.smapp.config;

import java.io.IOException;
import java.lang.reflect.Array;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Dictionary;
import java.util.Enumeration;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;

/**
 * The values in Configuration Admin that passed the check. They are kept between runs: a file that is wrong at the start
 * leaves the earlier values in force. Used by one thread at a time.
 */
final class InForce {

    /** The location for a configuration that every bundle may read. */
    private static final String ANY_BUNDLE = "?";

    private final ConfigurationAdmin admin;
    private final Map<String, Map<String, Object>> values = new TreeMap<>();
    private boolean changing;

    InForce(ConfigurationAdmin admin) throws IOException {
        this.admin = admin;
        try {
            Configuration[] kept = admin.listConfigurations(null);
            for (Configuration each : kept == null ? new Configuration[0] : kept) {
                values.put(each.getPid(), texts(each.getProperties()));
            }
        } catch (InvalidSyntaxException e) {
            throw new IllegalStateException("There is no filter that could be wrong", e);
        }
    }

    /** Returns whether the change that is being reported was made by this object. */
    boolean isChanging() {
        return changing;
    }

    Set<String> pids() {
        return Set.copyOf(values.keySet());
    }

    /** Returns the values by PID. */
    Map<String, Map<String, Object>> all() {
        return new TreeMap<>(values);
    }

    /** Returns the values, or null if there is no such configuration. */
    Map<String, Object> of(String pid) {
        return values.get(pid);
    }

    /** Notes what somebody else put into Configuration Admin. */
    void note(String pid, Map<String, Object> right) {
        values.put(pid, right);
    }

    void forget(String pid) {
        values.remove(pid);
    }

    void put(FileName name, Map<String, Object> right) throws IOException {
        changing = true;
        try {
            configuration(name).updateIfDifferent(new Hashtable<>(right));
            values.put(name.pid(), right);
        } finally {
            changing = false;
        }
    }

    void delete(String pid) throws IOException {
        values.remove(pid);
        changing = true;
        try {
            admin.getConfiguration(pid, ANY_BUNDLE).delete();
        } finally {
            changing = false;
        }
    }

    /** Empties a configuration that was never right. */
    void empty(String pid) throws IOException {
        changing = true;
        try {
            admin.getConfiguration(pid, ANY_BUNDLE).update(new Hashtable<>());
        } finally {
            changing = false;
        }
    }

    /** Returns what Configuration Admin has now, right or wrong. */
    Map<String, Object> given(String pid) throws IOException {
        return texts(admin.getConfiguration(pid, ANY_BUNDLE).getProperties());
    }

    private Configuration configuration(FileName name) throws IOException {
        return name.factoryPid().isEmpty()
                ? admin.getConfiguration(name.pid(), ANY_BUNDLE)
                : admin.getFactoryConfiguration(name.factoryPid(), name.name(), ANY_BUNDLE);
    }

    static Map<String, Object> texts(Dictionary<String, Object> properties) {
        Map<String, Object> texts = new TreeMap<>();
        if (properties != null) {
            for (Enumeration<String> keys = properties.keys(); keys.hasMoreElements(); ) {
                String key = keys.nextElement();
                if (!FileParser.NOT_SETTINGS.contains(key)) {
                    texts.put(key, text(properties.get(key)));
                }
            }
        }
        return texts;
    }

    /** Returns a text, or a list of texts. */
    static Object text(Object value) {
        List<String> list = new ArrayList<>();
        if (value instanceof Collection<?> collection) {
            collection.forEach(each -> list.add(String.valueOf(each)));
        } else if (value.getClass().isArray()) {
            for (int i = 0; i < Array.getLength(value); i++) {
                list.add(String.valueOf(Array.get(value, i)));
            }
        } else {
            return value.toString();
        }
        return list;
    }
}
