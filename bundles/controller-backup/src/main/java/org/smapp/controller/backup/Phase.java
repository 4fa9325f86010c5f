package org.smapp.controller.backup;

import java.util.Optional;
import org.smapp.api.controller.Connection;
import org.smapp.controller.kit.ConnectionLine;

/** Where a connection stands with its lines. */
sealed interface Phase {

    /** Returns the line in use, also while it is being left. */
    default Optional<On> on() {
        return Optional.empty();
    }

    /** There is nothing to do: the connection is not established yet, or the peer opened it. */
    record Idle() implements Phase {}

    /** It uses a line. */
    record On(ConnectionLine line, LineWatch watch) implements Phase {
        @Override
        public Optional<On> on() {
            return Optional.of(this);
        }
    }

    /**
     * The line in use failed, and the next one has yet to answer.
     *
     * @param patience gives up the next one
     */
    record Moving(On from, ConnectionLine next, Connection.Timer patience) implements Phase {
        @Override
        public Optional<On> on() {
            return Optional.of(from);
        }
    }
}
