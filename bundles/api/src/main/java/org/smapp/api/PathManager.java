package org.smapp.api;

import java.util.List;
import java.util.concurrent.CompletionStage;
import org.osgi.annotation.versioning.ProviderType;
import org.smapp.api.event.JournalEntry;

/**
 * The platform as consoles, shells and tools see it. An OSGi service: it is there once the kernel's events are subscribed to.
 *
 * <p>Thread-safe. Nothing here waits for the agent, except for the outcome of {@link #submit}.
 */
@ProviderType
public interface PathManager {

    /** Returns the connections that are known, the oldest first. */
    List<ConnectionSnapshot> connections();

    /** Returns the controllers that are installed, by name. */
    List<ControllerSnapshot> controllers();

    /** Returns this host's addresses over which subflows can be opened now. */
    List<LocalAddress> localAddresses();

    /** Returns all of this host's addresses, and why subflows can't use some of them. */
    List<HostAddress> hostAddresses();

    /** Returns between which addresses subflows carry nothing, and why, the latest first. */
    List<PathTrouble> pathTroubles();

    /** Returns what was decided lately and why, the oldest first. */
    List<JournalEntry> journal();

    /** Returns how the platform is doing. */
    Health health();

    /**
     * Gives a command to the kernel, in turn with those of the controllers.
     *
     * @param reason why, for the journal
     * @return completes on the agent's thread with what became of it, never exceptionally; don't wait in its callbacks
     */
    CompletionStage<Outcome> submit(Command command, String reason);
}
