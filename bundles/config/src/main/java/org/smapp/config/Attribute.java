package org.smapp.config;

import java.lang.reflect.Array;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * One key of a configuration as the metatype describes it. Immutable.
 *
 * @param key its name
 * @param description what it is for, as the documents have it
 * @param type the class of its value
 * @param list whether it holds several values
 * @param required whether it must be set
 * @param defaults the values that hold while it is not set
 * @param min the least value, or empty
 * @param max the greatest value, or empty
 * @param options what can be chosen from; empty: anything
 */
record Attribute(
        String key,
        String description,
        Class<?> type,
        boolean list,
        boolean required,
        List<String> defaults,
        String min,
        String max,
        List<String> options) {

    private static final Map<Class<?>, long[]> WHOLE_NUMBERS = Map.of(
            Long.class, new long[] {Long.MIN_VALUE, Long.MAX_VALUE},
            Integer.class, new long[] {Integer.MIN_VALUE, Integer.MAX_VALUE},
            Short.class, new long[] {Short.MIN_VALUE, Short.MAX_VALUE},
            Byte.class, new long[] {Byte.MIN_VALUE, Byte.MAX_VALUE});

    /** Returns the same where it need not be set, and where something else holds if it is not. */
    Attribute optional() {
        return new Attribute(key, description, type, list, false, List.of(), min, max, options);
    }

    /** Returns the value in its own type, from a text or a list of texts. A list may be one text with commas. */
    Object value(Object given) throws WrongConfiguration {
        if (list) {
            List<String> words = given instanceof List<?> texts
                    ? texts.stream().map(String::valueOf).toList()
                    : Arrays.stream(given.toString().split(","))
                            .map(String::strip)
                            .toList();
            List<String> filled = words.stream().filter(each -> !each.isEmpty()).toList();
            Object values = Array.newInstance(type, filled.size());
            for (int i = 0; i < filled.size(); i++) {
                Array.set(values, i, single(filled.get(i)));
            }
            return values;
        }
        if (given instanceof List<?> texts) {
            throw new WrongConfiguration(
                    key + ": " + FileParser.shown(texts.toString()) + " is a list, and not " + expected());
        }
        return single(given.toString().strip());
    }

    private Object single(String word) throws WrongConfiguration {
        Object value = parsed(word);
        if (value == null) {
            throw new WrongConfiguration(key + ": '" + FileParser.shown(word) + "' is not " + expected());
        }
        return value;
    }

    /** Returns null for what is not allowed. */
    private Object parsed(String word) {
        return options.isEmpty()
                ? typed(word)
                : options.stream()
                        .filter(word::equalsIgnoreCase)
                        .findFirst()
                        .map(this::typed)
                        .orElse(null);
    }

    private Object typed(String word) {
        if (type == Boolean.class) {
            return word.equalsIgnoreCase("true") ? Boolean.TRUE : word.equalsIgnoreCase("false") ? Boolean.FALSE : null;
        }
        if (type == String.class) {
            return word;
        }
        if (type == Character.class) {
            return word.length() == 1 ? word.charAt(0) : null;
        }
        try {
            return WHOLE_NUMBERS.containsKey(type) ? whole(word) : decimal(word);
        } catch (NumberFormatException e) {
            return null;
        }
    }

    private Object whole(String word) {
        long number = Long.parseLong(word);
        long[] bounds = WHOLE_NUMBERS.get(type);
        if (number < bounds[0] || number > bounds[1] || !isBetween(number)) {
            return null;
        }
        if (type == Long.class) {
            return number;
        }
        if (type == Integer.class) {
            return (int) number;
        }
        return type == Short.class ? (Object) (short) number : (Object) (byte) number;
    }

    private Object decimal(String word) {
        double number = Double.parseDouble(word);
        if (Double.isNaN(number) || !isBetween(number)) {
            return null;
        }
        return type == Float.class ? (Object) (float) number : (Object) number;
    }

    private boolean isBetween(double number) {
        return (min.isEmpty() || number >= Double.parseDouble(min))
                && (max.isEmpty() || number <= Double.parseDouble(max));
    }

    /** Returns the value that holds while it is not set, or null. */
    Object defaultValue() {
        try {
            return list ? value(defaults) : defaults.isEmpty() ? null : value(defaults.get(0));
        } catch (WrongConfiguration e) {
            return null; // whoever wrote the metatype has a mistake to mend
        }
    }

    /** Returns what is expected, in words that end a sentence. */
    private String expected() {
        if (!options.isEmpty()) {
            int last = options.size() - 1;
            return last == 0
                    ? options.get(0)
                    : String.join(", ", options.subList(0, last)) + " or " + options.get(last);
        }
        if (type == Boolean.class) {
            return "true or false";
        }
        if (type == String.class || type == Character.class) {
            return "one text";
        }
        String number = WHOLE_NUMBERS.containsKey(type) ? "a whole number" : "a number";
        if (min.isEmpty() && max.isEmpty()) {
            return number;
        }
        return number
                + (min.isEmpty() ? "" : " from " + min)
                + (max.isEmpty() ? " on" : (min.isEmpty() ? " up" : "") + " to " + max);
    }

    /** Returns what can be set, as documentation has it. */
    String allowed() {
        String range = min.isEmpty() && max.isEmpty() ? "" : min + " to " + max;
        String one = !options.isEmpty()
                ? String.join(", ", options)
                : type == Boolean.class
                        ? "true, false"
                        : type == String.class ? "text" : range.isEmpty() ? "number" : range.strip();
        return list ? "list" + (one.equals("text") ? "" : " of " + one) : one;
    }
}
