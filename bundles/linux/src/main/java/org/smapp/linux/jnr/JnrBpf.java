package org.smapp.linux.jnr;

import java.nio.ByteBuffer;
import java.util.Map;
import java.util.Set;
import jnr.ffi.LibraryLoader;
import jnr.ffi.LibraryOption;
import jnr.ffi.Pointer;
import org.osgi.service.component.annotations.Component;
import org.smapp.linux.Bpf;
import org.smapp.linux.BpfObject;
import org.smapp.linux.Errno;
import org.smapp.linux.LinuxException;
import org.smapp.linux.NetworkNamespace;

/** eBPF through libbpf and jnr-ffi. Thread-safe. */
@Component(service = Bpf.class)
public final class JnrBpf implements Bpf {

    private static final String LIBRARY = "libbpf.so.1";

    private static final int AF_UNIX = 1;
    private static final int SOCK_DGRAM = 2;
    private static final int SOCK_CLOEXEC = 0x80000;
    private static final int SOL_SOCKET = 1;
    private static final int SO_NETNS_COOKIE = 71;
    private static final int CLOCK_MONOTONIC_COARSE = 6;

    private final String library;
    private LibBpf loaded;

    public JnrBpf() {
        this(LIBRARY);
    }

    /** @param library the file's name, or its path */
    public JnrBpf(String library) {
        this.library = library;
    }

    private synchronized LibBpf libbpf() throws LinuxException {
        if (loaded == null) {
            try {
                loaded = LibraryLoader.loadLibrary(
                        LibBpf.class, Map.<LibraryOption, Object>of(LibraryOption.LoadNow, true), library);
            } catch (LinkageError e) {
                throw new LinuxException(
                        "load " + library, Errno.ENOENT, "it is not installed; on Debian: apt-get install libbpf1");
            }
            loaded.libbpf_set_print(null);
        }
        return loaded;
    }

    @Override
    public BpfObject load(String name, byte[] object, String... programs) throws LinuxException {
        LibBpf libbpf = libbpf();
        ByteBuffer bytes = Native.memory(object.length).put(0, object);
        Pointer opened = libbpf.bpf_object__open_mem(bytes, object.length, null);
        if (opened == null) {
            throw Native.failed("read eBPF object " + name);
        }
        BpfObject made = new JnrBpfObject(libbpf, opened);
        try {
            choose(libbpf, opened, Set.of(programs));
            int result = libbpf.bpf_object__load(opened);
            if (result < 0) {
                throw refused("load eBPF object " + name, -result);
            }
            return made;
        } catch (LinuxException | RuntimeException e) {
            made.close();
            throw e;
        }
    }

    private static void choose(LibBpf libbpf, Pointer object, Set<String> programs) {
        for (Pointer each = libbpf.bpf_object__next_program(object, null);
                each != null;
                each = libbpf.bpf_object__next_program(object, each)) {
            libbpf.bpf_program__set_autoload(each, programs.contains(libbpf.bpf_program__name(each)));
        }
    }

    static LinuxException refused(String operation, int errno) {
        return errno == Errno.EPERM
                ? new LinuxException(operation, errno, "that needs CAP_BPF, CAP_PERFMON and CAP_NET_ADMIN; run as root")
                : Native.failed(operation, errno);
    }

    @Override
    public long cookieOf(NetworkNamespace namespace) throws LinuxException {
        return Namespaces.open(namespace, JnrBpf::cookie);
    }

    @Override
    public long jiffyNanos() throws LinuxException {
        // The coarse clocks advance with each tick of the kernel.
        ByteBuffer resolution = Native.memory(2 * Long.BYTES);
        if (Native.LIBC.clock_getres(CLOCK_MONOTONIC_COARSE, resolution) < 0) {
            throw Native.failed("ask for the length of a tick");
        }
        return resolution.getLong(Long.BYTES);
    }

    private static long cookie() throws LinuxException {
        int fd = Native.LIBC.socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
        if (fd < 0) {
            throw Native.failed("open a socket");
        }
        try {
            ByteBuffer value = Native.memory(Long.BYTES);
            if (Native.LIBC.getsockopt(fd, SOL_SOCKET, SO_NETNS_COOKIE, value, Native.memoryOf(Long.BYTES)) < 0) {
                throw Native.failed("ask for the network namespace's cookie");
            }
            return value.getLong(0);
        } finally {
            Native.LIBC.close(fd);
        }
    }
}
