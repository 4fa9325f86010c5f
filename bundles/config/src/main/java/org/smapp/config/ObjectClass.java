package org.smapp.config;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a configuration can hold, as the metatype of its bundle says. Immutable.
 *
 * @param pid the PID, or the factory PID
 * @param factory whether there can be several
 * @param attributes its keys
 */
record ObjectClass(String pid, boolean factory, Map<String, Attribute> attributes) {

    /**
     * What became of the values of one configuration.
     *
     * @param right those that are allowed, each in its own type
     * @param problems what is wrong with the others, one sentence each
     */
    record Checked(Map<String, Object> right, List<String> problems) {}

    /** Returns this with the keys of another, none of which must be set. */
    ObjectClass with(ObjectClass other) {
        Map<String, Attribute> all = new LinkedHashMap<>(attributes);
        other.attributes.forEach((key, attribute) -> all.putIfAbsent(key, attribute.optional()));
        return new ObjectClass(pid, factory, all);
    }

    /** @param values by key: texts and lists of texts */
    Checked check(Map<String, Object> values) {
        Map<String, Object> right = new LinkedHashMap<>();
        List<String> problems = new ArrayList<>();
        values.forEach((key, value) -> {
            Attribute attribute = attributes.get(key);
            if (attribute == null) {
                problems.add(key + ": there is no such key" + Nearest.hint(key, attributes.keySet()));
                return;
            }
            try {
                right.put(key, attribute.value(value));
            } catch (WrongConfiguration e) {
                problems.add(e.getMessage());
            }
        });
        for (Attribute each : attributes.values()) {
            boolean missing = factory
                    && each.required()
                    && !each.list()
                    && each.defaults().isEmpty();
            if (missing && !values.containsKey(each.key())) {
                problems.add(each.key() + ": is missing, and must be set");
            }
        }
        return new Checked(right, problems);
    }
}
