package org.smapp.cli;

import java.util.List;
import java.util.Map;

/**
 * A JSON object that was read. A field that is missing, or of another kind, is empty, 0 or false: an older daemon may not have
 * it yet.
 *
 * @param values by name: Fields, List, String, Boolean or Long
 */
record Fields(Map<String, Object> values) {

    String text(String name) {
        Object value = values.get(name);
        return value == null ? "" : value.toString();
    }

    long number(String name) {
        return values.get(name) instanceof Long number ? number : 0;
    }

    boolean flag(String name) {
        return Boolean.TRUE.equals(values.get(name));
    }

    Fields object(String name) {
        return values.get(name) instanceof Fields object ? object : new Fields(Map.of());
    }

    List<Fields> list(String name) {
        return values.get(name) instanceof List<?> list
                ? list.stream()
                        .filter(Fields.class::isInstance)
                        .map(Fields.class::cast)
                        .toList()
                : List.of();
    }
}
