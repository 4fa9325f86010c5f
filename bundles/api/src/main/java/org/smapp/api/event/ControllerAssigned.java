package org.smapp.api.event;

import org.smapp.api.Token;

/**
 * A connection came under a controller, or under none.
 *
 * @param token the connection
 * @param controller the controller's name, or the empty string for none
 * @param version the version of its bundle, or the empty string
 * @param rule the name of the rule that decided, or the empty string
 * @param reason why
 */
public record ControllerAssigned(Token token, String controller, String version, String rule, String reason)
        implements ConnectionEvent {
    @Override
    public <R> R accept(Handler<R> handler) {
        return handler.controllerAssigned(this);
    }
}
