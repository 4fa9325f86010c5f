package org.smapp.api.event;

import java.util.Map;
import java.util.Optional;
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
        implements PlatformEvent {

    /** Its topic. */
    public static final String TOPIC = TOPIC_PREFIX + "CONTROLLER_ASSIGNED";

    @Override
    public String topic() {
        return TOPIC;
    }

    @Override
    public Map<String, Object> properties() {
        return EventProperties.of(token)
                .with("controller", controller)
                .with("version", version)
                .with("rule", rule)
                .with("reason", reason)
                .map();
    }

    @Override
    public String sentence() {
        String to = controller.isEmpty() ? "no controller" : controller + " " + version + " by rule " + rule;
        return "connection belongs to " + to + ": " + reason;
    }

    @Override
    public Optional<Token> connection() {
        return Optional.of(token);
    }
}
