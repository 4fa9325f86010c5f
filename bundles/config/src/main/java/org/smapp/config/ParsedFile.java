package org.smapp.config;

import java.util.List;
import java.util.Map;

/**
 * What a configuration file says. Immutable.
 *
 * @param entries by key, in the file's order
 * @param problems what can't be understood, one sentence each
 */
record ParsedFile(Map<String, Entry> entries, List<String> problems) {

    /**
     * One key of a file.
     *
     * @param value a {@code String}, or a {@code List} of them
     * @param first its first line, from 0
     * @param last its last line
     */
    record Entry(Object value, int first, int last) {}
}
