package org.smapp.core.family.upstream;

import java.io.Closeable;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.smapp.linux.Linux;
import org.smapp.linux.NetworkNamespace;

/**
 * A kernel that the tests of this package run on. In its namespace, {@code lo} is up and has 10.0.1.1/32, 10.0.2.1/32 and
 * 10.0.3.1/32, and nothing leads elsewhere.
 */
interface KernelUnderTest extends Closeable {

    /** The address that connections begin and end at. */
    String HOST = "10.0.1.1";

    /** Every kernel there is: what holds for one has to hold for all. */
    enum Kind {
        REAL,
        FAKE;

        KernelUnderTest open() throws Exception {
            return this == REAL ? new RealKernel() : new KernelInMemory();
        }
    }

    /** Returns those to test on: all, unless the property {@code smapp.tests.kernels} names one. */
    static Stream<Kind> kinds() {
        String only = System.getProperty("smapp.tests.kernels");
        return only == null ? Stream.of(Kind.values()) : Stream.of(Kind.valueOf(only));
    }

    Linux linux();

    NetworkNamespace namespace();

    /** Selects the path manager of the connections that begin from now on. */
    void userSpacePathManager(boolean selected) throws Exception;

    /**
     * Connects {@link #HOST} to a new listener at this port of it.
     *
     * @param data whether the client has heard of its peer's data, and so is established
     */
    Closeable connect(int port, boolean data) throws Exception;

    /** Calls {@code work} without CAP_NET_ADMIN. */
    <T> T unprivileged(Callable<T> work) throws Exception;

    /** Returns whether texts and offsets of refusals are those of Linux 6.18; other kernels word them differently. */
    boolean speaksLinux618();
}
