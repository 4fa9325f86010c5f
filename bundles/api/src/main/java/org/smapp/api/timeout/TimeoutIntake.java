package org.smapp.api.timeout;

import org.osgi.annotation.versioning.ProviderType;
import org.smapp.api.event.SubflowTimeout;

/**
 * Where a source of {@link SubflowTimeout} delivers: an OSGi service that is there while the agent is. Each event goes to the
 * connection's controller and to Event Admin, as those of the kernel do.
 *
 * <p>Thread-safe. Nothing here waits.
 */
@ProviderType
public interface TimeoutIntake {

    /** Returns the network namespace that is managed, as a path. */
    String namespace();

    /** Hands an event to the agent. One that the agent's inbox has no room for is announced as lost. */
    void offer(SubflowTimeout timeout);

    /** Announces that so many events were lost. */
    void lost(long count);

    /**
     * Says where the events come from, for `smapp health`.
     *
     * @param source such as {@code polling}, or {@code none}
     * @param reason why this source and no better one, as a sentence
     */
    void describe(String source, String reason);
}
