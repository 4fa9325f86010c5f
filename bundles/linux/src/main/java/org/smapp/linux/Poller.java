package org.smapp.linux;

import org.osgi.annotation.versioning.ProviderType;

/**
 * Waits until one of several descriptors can be read, a time has passed, or somebody calls {@link #wakeUp}.
 *
 * <p>For one thread; {@link #wakeUp} and {@link #close} are for any.
 */
@ProviderType
public interface Poller extends AutoCloseable {

    /** Watches {@code pollable} from now on; at most 16 at a time. */
    void add(Pollable pollable);

    /** Watches {@code pollable} no longer. */
    void remove(Pollable pollable);

    /**
     * Waits. A signal that interrupts the wait ends it early.
     *
     * @param timeoutNanos how long at most; 0 returns at once, below 0 waits without a limit
     * @return how many descriptors are readable, {@link #wakeUp} not counted
     */
    int await(long timeoutNanos) throws LinuxException;

    /** Returns whether the last {@link #await} found {@code pollable} readable, in error or hung up. */
    boolean isReadable(Pollable pollable);

    /** Ends the present or the next {@link #await} at once. Several calls before it count as one. */
    void wakeUp();

    /** Closes the poller; again is allowed. A thread that is waiting returns from {@link #await}. */
    @Override
    void close();
}
