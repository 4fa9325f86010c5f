package org.smapp.linux;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.function.Consumer;
import org.osgi.annotation.versioning.ProviderType;

/**
 * An eBPF object in the kernel. What was attached ends with {@link #close}, or with the process.
 *
 * <p>For one thread at a time. Names are those of the source; one that the object lacks is ENOENT.
 */
@ProviderType
public interface BpfObject extends AutoCloseable {

    /** Writes element {@code index} of an array map of 64-bit values. */
    void put(String map, int index, long value) throws LinuxException;

    /** Returns element {@code index} of an array map of 64-bit values. */
    long get(String map, int index) throws LinuxException;

    /** Runs a program for the sockets of a control group and all below it, from now on. */
    void attach(String program, Path controlGroup) throws LinuxException;

    /** Runs a program at the tracepoint that its source names, from now on. */
    void attach(String program) throws LinuxException;

    /** Runs an iterator program once, over what a network namespace has. */
    void iterate(String program, NetworkNamespace namespace) throws LinuxException;

    /**
     * Opens a ring buffer map.
     *
     * @param reader called by {@link Ring#drain} with each record, in native byte order; the buffer is used again
     */
    Ring ring(String map, Consumer<ByteBuffer> reader) throws LinuxException;

    @Override
    void close();

    /** The reading end of a ring buffer. It ends before its object does. */
    @ProviderType
    interface Ring extends Pollable, AutoCloseable {
        /** Hands all records that are there to the reader; returns how many. For one thread at a time. */
        int drain();

        @Override
        void close();
    }
}
