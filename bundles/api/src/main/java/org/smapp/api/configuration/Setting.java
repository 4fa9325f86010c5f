package org.smapp.api.configuration;

/**
 * One key of a configuration. Immutable.
 *
 * @param key its name
 * @param value what is in force: a text, a number, a truth value or a list of texts; null if there is neither value nor default
 * @param set whether it was set; otherwise the value is the default
 * @param allowed what can be set, in words, such as {@code 10 to 600000}
 */
public record Setting(String key, Object value, boolean set, String allowed) {}
