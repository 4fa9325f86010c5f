package org.smapp.linux.jnr;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import jnr.ffi.Pointer;
import org.smapp.linux.BpfObject;
import org.smapp.linux.Errno;
import org.smapp.linux.LinuxException;
import org.smapp.linux.NetworkNamespace;

/** An object that libbpf loaded. */
final class JnrBpfObject implements BpfObject {

    private static final int O_RDONLY_DIRECTORY_CLOEXEC = 0x90000;

    private final LibBpf libbpf;
    private final List<Pointer> links = new ArrayList<>();
    private Pointer object;

    JnrBpfObject(LibBpf libbpf, Pointer object) {
        this.libbpf = libbpf;
        this.object = object;
    }

    @Override
    public void put(String map, int index, long value) throws LinuxException {
        ByteBuffer bytes = Native.memory(Long.BYTES).putLong(0, value);
        if (libbpf.bpf_map_update_elem(map(map), Native.memoryOf(index), bytes, 0) < 0) {
            throw Native.failed("write eBPF map " + map);
        }
    }

    @Override
    public long get(String map, int index) throws LinuxException {
        ByteBuffer bytes = Native.memory(Long.BYTES);
        if (libbpf.bpf_map_lookup_elem(map(map), Native.memoryOf(index), bytes) < 0) {
            throw Native.failed("read eBPF map " + map);
        }
        return bytes.getLong(0);
    }

    private int map(String name) throws LinuxException {
        int fd = object == null ? -Errno.EBADF : libbpf.bpf_object__find_map_fd_by_name(object, name);
        if (fd < 0) {
            throw Native.failed("find eBPF map " + name, -fd);
        }
        return fd;
    }

    private Pointer program(String name) throws LinuxException {
        Pointer program = object == null ? null : libbpf.bpf_object__find_program_by_name(object, name);
        if (program == null) {
            throw Native.failed("find eBPF program " + name, Errno.ENOENT);
        }
        return program;
    }

    @Override
    public void attach(String program, Path controlGroup) throws LinuxException {
        int fd = Native.LIBC.open(controlGroup.toString(), O_RDONLY_DIRECTORY_CLOEXEC);
        if (fd < 0) {
            throw Native.failed("open control group " + controlGroup);
        }
        try {
            Pointer link = libbpf.bpf_program__attach_cgroup(program(program), fd);
            if (link == null) {
                throw JnrBpf.refused(
                        "attach eBPF program " + program + " to control group " + controlGroup, Native.errno());
            }
            links.add(link);
        } finally {
            Native.LIBC.close(fd);
        }
    }

    @Override
    public void attach(String program) throws LinuxException {
        Pointer link = libbpf.bpf_program__attach(program(program));
        if (link == null) {
            throw JnrBpf.refused("attach eBPF program " + program, Native.errno());
        }
        links.add(link);
    }

    @Override
    public void iterate(String program, NetworkNamespace namespace) throws LinuxException {
        Pointer link = libbpf.bpf_program__attach_iter(program(program), null);
        if (link == null) {
            throw JnrBpf.refused("attach eBPF iterator " + program, Native.errno());
        }
        try {
            // An iterator walks the namespace of the thread that creates it.
            Namespaces.open(namespace, () -> run(program, libbpf.bpf_link__fd(link)));
        } finally {
            libbpf.bpf_link__destroy(link);
        }
    }

    private Void run(String program, int link) throws LinuxException {
        int fd = libbpf.bpf_iter_create(link);
        if (fd < 0) {
            throw JnrBpf.refused("start eBPF iterator " + program, -fd);
        }
        try {
            ByteBuffer output = Native.memory(4096);
            long length;
            do {
                length = Native.LIBC.read(fd, output, output.capacity());
            } while (length > 0 || length < 0 && (Native.errno() == Errno.EAGAIN || Native.errno() == Errno.EINTR));
            if (length < 0) {
                throw Native.failed("run eBPF iterator " + program);
            }
            return null;
        } finally {
            Native.LIBC.close(fd);
        }
    }

    @Override
    public Ring ring(String map, Consumer<ByteBuffer> reader) throws LinuxException {
        return JnrBpfRing.open(libbpf, map(map), reader);
    }

    @Override
    public void close() {
        links.forEach(libbpf::bpf_link__destroy);
        links.clear();
        if (object != null) {
            libbpf.bpf_object__close(object);
            object = null;
        }
    }
}
