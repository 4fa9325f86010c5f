package org.smapp.api.event;

import java.util.Map;
import java.util.Optional;
import org.smapp.api.Command;
import org.smapp.api.Outcome;
import org.smapp.api.Token;

/**
 * A command was carried out, refused or not sent.
 *
 * @param token the connection
 * @param command what was asked
 * @param outcome what became of it
 * @param controller who asked: a controller's name, or {@code operator}
 * @param reason why, in the words of who asked; may be empty
 * @param reactionNanos from the arrival of what led to the command to the hand-over of the command to the kernel, in
 *     nanoseconds
 */
public record CommandDone(
        Token token, Command command, Outcome outcome, String controller, String reason, long reactionNanos)
        implements PlatformEvent {

    /** Its topic. */
    public static final String TOPIC = TOPIC_PREFIX + "COMMAND_DONE";

    @Override
    public String topic() {
        return TOPIC;
    }

    @Override
    public Map<String, Object> properties() {
        return EventProperties.of(token)
                .with("command", command.toString())
                .with(outcome)
                .with("controller", controller)
                .with("reason", reason)
                .with("reactionNanos", reactionNanos)
                .map();
    }

    @Override
    public String sentence() {
        String why = reason.isEmpty() ? "" : " because " + reason;
        String delay = outcome.isAccepted() ? " after " + reactionNanos / 1000 + " us" : "";
        return controller + ": " + command + why + ": " + outcome.sentence() + delay;
    }

    @Override
    public Optional<Token> connection() {
        return Optional.of(token);
    }
}
