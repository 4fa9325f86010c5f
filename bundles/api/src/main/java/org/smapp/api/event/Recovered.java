package org.smapp.api.event;

/**
 * The connection table was compared with the kernel.
 *
 * @param connections how many connections the table holds now
 * @param subflows how many subflows they have
 * @param tookMs how long it took, in milliseconds
 * @param reason what made it necessary
 */
public record Recovered(int connections, int subflows, long tookMs, String reason) implements Event {
    @Override
    public <R> R accept(Handler<R> handler) {
        return handler.recovered(this);
    }
}
