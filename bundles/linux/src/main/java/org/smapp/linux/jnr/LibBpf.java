package org.smapp.linux.jnr;

import java.nio.ByteBuffer;
import jnr.ffi.Pointer;
import jnr.ffi.annotations.Delegate;

/** The functions of libbpf 1 that SMAPP calls. Public because jnr-ffi generates its implementation. */
public interface LibBpf {

    /** Takes one record of a ring buffer (ring_buffer_sample_fn). */
    interface Sample {
        @Delegate
        int take(Pointer context, Pointer data, long size);
    }

    Pointer libbpf_set_print(Pointer function);

    Pointer bpf_object__open_mem(ByteBuffer object, long size, Pointer options);

    int bpf_object__load(Pointer object);

    void bpf_object__close(Pointer object);

    Pointer bpf_object__find_program_by_name(Pointer object, String name);

    int bpf_object__find_map_fd_by_name(Pointer object, String name);

    int bpf_map_update_elem(int map, ByteBuffer key, ByteBuffer value, long flags);

    int bpf_map_lookup_elem(int map, ByteBuffer key, ByteBuffer value);

    Pointer bpf_object__next_program(Pointer object, Pointer last);

    String bpf_program__name(Pointer program);

    int bpf_program__set_autoload(Pointer program, boolean load);

    Pointer bpf_program__attach(Pointer program);

    Pointer bpf_program__attach_cgroup(Pointer program, int cgroup);

    Pointer bpf_program__attach_iter(Pointer program, Pointer options);

    int bpf_link__fd(Pointer link);

    int bpf_iter_create(int link);

    int bpf_link__destroy(Pointer link);

    Pointer ring_buffer__new(int map, Sample sample, Pointer context, Pointer options);

    int ring_buffer__epoll_fd(Pointer ring);

    int ring_buffer__consume(Pointer ring);

    void ring_buffer__free(Pointer ring);
}
