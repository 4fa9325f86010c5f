package org.smapp.api.measure;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.osgi.annotation.versioning.ProviderType;
import org.smapp.api.FourTuple;
import org.smapp.api.Token;

/**
 * Figures for consoles, shells and tools: an OSGi service that is there while the agent is. Controllers ask
 * {@link org.smapp.api.controller.Connection#info()} instead.
 *
 * <p>Thread-safe. Each call asks the kernel, some microseconds for one and about 3 ms for a thousand; what the kernel refuses
 * is thrown as an {@link java.io.UncheckedIOException}.
 */
@ProviderType
public interface Measurements {

    /** Returns the figures of one connection, if it is there. */
    Optional<ConnectionInfo> connection(Token token);

    /** Returns the figures of one subflow, if it is there. */
    Optional<SubflowInfo> subflow(FourTuple tuple);

    /** Returns the figures of all connections of the namespace, with one question. */
    List<ConnectionInfo> connections();

    /** Returns the figures of all subflows of the namespace, those too that are being opened or closed, with one question. */
    List<SubflowInfo> subflows();

    /**
     * Calls {@code listener} again and again with a sample of all subflows. The moments are multiples of the interval, so
     * that one question to the kernel serves all listeners that are due together. Nothing runs while nobody listens.
     *
     * @param interval 10 ms at least
     * @param listener called on one thread that serves all listeners, which it must not hold up; one that throws is dropped
     * @return ends the series
     */
    Series sample(Duration interval, Consumer<Sample> listener);

    /**
     * The statistics of all subflows at one moment.
     *
     * @param nanoTime when the kernel was asked, as {@link System#nanoTime} counts
     * @param subflows all of the namespace; unmodifiable
     */
    record Sample(long nanoTime, List<SubflowInfo> subflows) {}

    /** A series that goes on until it is closed. */
    @ProviderType
    interface Series extends AutoCloseable {
        /** Ends the series; again is allowed. A call of the listener that is under way still ends. */
        @Override
        void close();
    }
}
