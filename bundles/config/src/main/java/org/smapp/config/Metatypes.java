package org.smapp.config;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Enumeration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.osgi.framework.Bundle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.xml.sax.SAXException;

/**
 * What the installed bundles say of their configurations, whether or not they have started. Those of Felix are left out: they
 * check their configuration by themselves. Used by one thread at a time.
 */
final class Metatypes {

    private static final Logger LOG = LoggerFactory.getLogger(Metatypes.class);

    private static final String FOLDER = "OSGI-INF/metatype/";
    private static final String NOT_OURS = "org.apache.";

    /** The factory PID of policies. */
    static final String POLICY = "org.smapp.policy";

    /** The key of rules and policies that holds the name of a controller. */
    static final String CONTROLLER_KEY = "controller";

    /** What the PIDs of controllers begin with. */
    private static final String CONTROLLERS = "org.smapp.controller.";

    private final Map<Long, List<ObjectClass>> byBundle = new HashMap<>();

    /** Reads a bundle's metatypes in place of its earlier ones, and returns them. */
    List<ObjectClass> read(Bundle bundle) {
        List<ObjectClass> found = new ArrayList<>();
        String name = String.valueOf(bundle.getSymbolicName());
        Enumeration<String> documents = name.startsWith(NOT_OURS) ? null : bundle.getEntryPaths(FOLDER);
        while (documents != null && documents.hasMoreElements()) {
            String document = documents.nextElement();
            if (document.endsWith(".xml")) {
                found.addAll(read(name, bundle.getEntry(document)));
            }
        }
        byBundle.put(bundle.getBundleId(), found);
        return found;
    }

    private static List<ObjectClass> read(String bundle, URL document) {
        try (InputStream in = document.openStream()) {
            return MetatypeReader.read(in);
        } catch (IOException | SAXException e) {
            LOG.warn(
                    "{}: its configuration is not checked, because {} can't be read: {}",
                    bundle,
                    document,
                    e.getMessage());
            return List.of();
        }
    }

    void forget(Bundle bundle) {
        byBundle.remove(bundle.getBundleId());
    }

    /** Returns what describes a PID or a factory PID, or null. */
    ObjectClass of(String pid) {
        return stream().filter(each -> each.pid().equals(pid)).findFirst().orElse(null);
    }

    /** Returns what describes a configuration, or null. A policy can hold what its controller's configuration can. */
    ObjectClass of(FileName name, Map<String, Object> values) {
        ObjectClass described = of(name.describedBy());
        String controller = controllerPid(name, values);
        if (described == null || controller.isEmpty()) {
            return described;
        }
        ObjectClass its = of(controller);
        return its == null ? null : described.with(its);
    }

    /** Returns whether a PID has its part in what describes a configuration. */
    static boolean describes(String pid, FileName name, Map<String, Object> values) {
        return pid.equals(name.describedBy()) || pid.equals(controllerPid(name, values));
    }

    private static String controllerPid(FileName name, Map<String, Object> values) {
        Object controller = values.get(CONTROLLER_KEY);
        return controller == null || !name.describedBy().equals(POLICY) ? "" : CONTROLLERS + controller;
    }

    /** Returns all, by PID. */
    Collection<ObjectClass> all() {
        Map<String, ObjectClass> all = new TreeMap<>();
        stream().forEach(each -> all.put(each.pid(), each));
        return all.values();
    }

    private Stream<ObjectClass> stream() {
        return byBundle.values().stream().flatMap(List::stream);
    }
}
