package org.smapp.core.agent;

import org.smapp.api.PathManagerType;
import org.smapp.api.Token;
import org.smapp.api.controller.ConnectionHandler;

/**
 * Who decides on the subflows of a connection.
 *
 * <p>For the agent's thread only.
 */
sealed interface Ownership {

    /**
     * No rule gives the connection to a controller. Its next event asks the rules again: its user may be known only then.
     */
    enum Unclaimed implements Ownership {
        UNCLAIMED
    }

    /**
     * The connection waits for a controller that is to come, or to come back.
     *
     * @param controller its name
     */
    record Waiting(String controller) implements Ownership {}

    /**
     * The connection is not for controllers: the kernel would refuse every command.
     *
     * @param by who decides instead
     */
    record Watched(PathManagerType by) implements Ownership {}

    /** A controller owns the connection. When that ends, so does everything that the controller could do with it. */
    final class Owned implements Ownership {

        private final Token token;
        private final InstalledController controller;
        private final CommandBudget budget;
        private ControllerSettings settings;
        private ConnectionHandler handler;
        private String reason = "";
        private boolean ended;

        Owned(Token token, InstalledController controller, ControllerSettings settings, CommandBudget budget) {
            this.token = token;
            this.controller = controller;
            this.settings = settings;
            this.budget = budget;
        }

        Token token() {
            return token;
        }

        InstalledController controller() {
            return controller;
        }

        /** Returns what the controller is to do with the connection. */
        ControllerSettings settings() {
            return settings;
        }

        void settings(ControllerSettings next) {
            settings = next;
        }

        /** Returns how many commands the controller may still give. */
        CommandBudget budget() {
            return budget;
        }

        /** Returns who hears of the connection, or null while {@code manage} has not returned. */
        ConnectionHandler handler() {
            return handler;
        }

        void handler(ConnectionHandler next) {
            handler = next;
        }

        /** Returns why the controller gives its next commands, as it said. */
        String reason() {
            return reason;
        }

        void reason(String next) {
            reason = next;
        }

        boolean isEnded() {
            return ended;
        }

        void end() {
            ended = true;
        }
    }
}
