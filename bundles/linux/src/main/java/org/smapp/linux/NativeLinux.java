package org.smapp.linux;

import org.smapp.linux.jnr.JnrBpf;
import org.smapp.linux.jnr.JnrLinux;

/** The way to {@link Linux} for programs without OSGi: command line tools and tests. Bundles use the service. */
public final class NativeLinux {

    private NativeLinux() {}

    /**
     * Returns Linux as this process sees it. {@code -Dsmapp.linux.quick-start=true} makes the first call come sooner and every
     * call a little slower: for tools that live for one request.
     *
     * @throws UnsatisfiedLinkError if the native part can't be loaded on this machine; {@code -Djffi.boot.library.path=DIR}
     *     names a folder that holds {@code libjffi-1.2.so}, for systems where /tmp must not hold code
     */
    public static Linux load() {
        return new JnrLinux();
    }

    /** Returns eBPF; whether this machine has libbpf shows when something is loaded. */
    public static Bpf bpf() {
        return new JnrBpf();
    }

    /** Returns eBPF by a libbpf of this name or path. */
    public static Bpf bpf(String library) {
        return new JnrBpf(library);
    }
}
