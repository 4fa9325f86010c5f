package org.smapp.bench;

import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * What decides about subflows in the client's namespace. Immutable.
 *
 * @param name what the user calls it by
 * @param title what the table calls it
 * @param program what to start; empty for the one inside the kernel. It is asked to end by SIGTERM.
 */
record PathManager(String name, String title, Optional<Program> program) {

    /**
     * @param command with its arguments
     * @param ready whether a line that it printed says that it manages the namespace now
     * @param startLimitS how long it may take to get ready, in s
     */
    record Program(List<String> command, Predicate<String> ready, long startLimitS) {}
}
