package org.smapp.core;

import java.lang.reflect.Proxy;
import java.util.Map;
import java.util.function.Function;

/** Objects of interfaces of which a test needs only a few methods. */
final class Stub {

    private Stub() {}

    /** Returns an object with these methods, by name; a call of another fails the test. */
    static <T> T of(Class<T> type, Map<String, Function<Object[], Object>> methods) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> {
                    Function<Object[], Object> known = methods.get(method.getName());
                    if (known != null) {
                        return known.apply(arguments);
                    }
                    return switch (method.getName()) {
                        case "equals" -> proxy == arguments[0];
                        case "hashCode" -> System.identityHashCode(proxy);
                        case "toString" -> type.getSimpleName() + methods.keySet();
                        default -> throw new AssertionError("nobody should call " + method);
                    };
                }));
    }

    /** Returns settings with these values, and the defaults for the others. */
    static <T> T settings(Class<T> type, Map<String, Object> values) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(),
                new Class<?>[] {type},
                (proxy, method, arguments) -> values.getOrDefault(method.getName(), method.getDefaultValue())));
    }
}
