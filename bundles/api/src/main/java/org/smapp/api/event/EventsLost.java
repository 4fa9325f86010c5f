package org.smapp.api.event;

/**
 * Events were lost. The connection table is compared with the kernel next.
 *
 * @param source which queue overflowed, such as {@code kernel} or {@code event-admin}
 * @param count how many were lost, or -1 when only the kernel knows
 */
public record EventsLost(String source, long count) implements Event {
    @Override
    public <R> R accept(Handler<R> handler) {
        return handler.eventsLost(this);
    }
}
