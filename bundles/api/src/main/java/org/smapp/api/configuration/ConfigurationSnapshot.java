package org.smapp.api.configuration;

import java.util.List;

/**
 * One configuration as it is in force. Immutable.
 *
 * @param pid its name, such as {@code org.smapp.core} or {@code org.smapp.rule~default}
 * @param file the name of the file that it comes from; empty: none, the defaults are in force
 * @param problem what is wrong, in one sentence; empty: nothing
 * @param settings its keys
 */
public record ConfigurationSnapshot(String pid, String file, String problem, List<Setting> settings) {

    /** Makes an immutable copy. */
    public ConfigurationSnapshot {
        settings = List.copyOf(settings);
    }
}
