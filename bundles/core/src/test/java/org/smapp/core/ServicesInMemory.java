package org.smapp.core;

import java.io.File;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Dictionary;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;

/** What components register, without a framework. */
final class ServicesInMemory {

    private record Registered(List<String> types, Object service, Dictionary<?, ?> properties) {}

    private final List<Registered> all = new ArrayList<>();
    private final BundleContext context;

    /**
     * @param properties of the framework
     * @param data the folder of the bundle's files
     */
    ServicesInMemory(Map<String, String> properties, File data) {
        Map<String, Function<Object[], Object>> methods = new LinkedHashMap<>();
        methods.put("getProperty", arguments -> properties.get(arguments[0]));
        methods.put("getDataFile", arguments -> new File(data, (String) arguments[0]));
        methods.put("registerService", this::register);
        context = Stub.of(BundleContext.class, methods);
    }

    private Object register(Object... arguments) {
        List<String> types = arguments[0] instanceof String[] names
                ? Arrays.asList(names)
                : List.of(((Class<?>) arguments[0]).getName());
        Registered added = new Registered(types, arguments[1], (Dictionary<?, ?>) arguments[2]);
        all.add(added);
        return Stub.of(ServiceRegistration.class, Map.of("unregister", none -> {
            all.remove(added);
            return null;
        }));
    }

    BundleContext context() {
        return context;
    }

    /** Returns the names of the types that there are services of, in order. */
    List<String> types() {
        return all.stream()
                .flatMap(each -> each.types().stream())
                .map(each -> each.substring(each.lastIndexOf('.') + 1))
                .sorted()
                .toList();
    }

    private Registered registered(Class<?> type) {
        return all.stream()
                .filter(each -> each.types().contains(type.getName()))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no " + type.getSimpleName() + " among " + types()));
    }

    <T> T get(Class<T> type) {
        return type.cast(registered(type).service());
    }

    Object property(Class<?> type, String key) {
        return registered(type).properties().get(key);
    }
}
