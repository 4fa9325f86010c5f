package org.smapp.api.event;

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
        implements ConnectionEvent {
    @Override
    public <R> R accept(Handler<R> handler) {
        return handler.commandDone(this);
    }
}
