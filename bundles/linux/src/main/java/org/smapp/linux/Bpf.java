package org.smapp.linux;

import org.osgi.annotation.versioning.ProviderType;

/**
 * eBPF through the system's libbpf ({@code libbpf.so.1}), which is loaded when it is first needed.
 *
 * <p>Thread-safe.
 */
@ProviderType
public interface Bpf {

    /**
     * Loads programs of a compiled object into the kernel; nothing of them runs yet.
     *
     * @param name what the object is, for errors
     * @param object an ELF file with BTF, for a little-endian machine
     * @param programs the names of those to load, as in the source; others of the object are left out
     * @throws LinuxException ENOENT without libbpf; EPERM without CAP_BPF, CAP_PERFMON and CAP_NET_ADMIN; else what the
     *     kernel has against it
     */
    BpfObject load(String name, byte[] object, String... programs) throws LinuxException;

    /** Returns the number by which eBPF programs know a network namespace. */
    long cookieOf(NetworkNamespace namespace) throws LinuxException;

    /** Returns how long a jiffy is, the unit of the kernel's own timers, in nanoseconds. */
    long jiffyNanos() throws LinuxException;
}
