package org.smapp.linux.jnr;

import java.nio.ByteBuffer;

/**
 * The functions of libc that SMAPP calls. Buffers are direct and are passed from their position; those that are called for
 * each event take addresses, which their callers look up once. Public because jnr-ffi generates its implementation.
 */
public interface LibC {

    int socket(int domain, int type, int protocol);

    int bind(int fd, ByteBuffer address, int length);

    int connect(int fd, ByteBuffer address, int length);

    int listen(int fd, int backlog);

    int getsockname(int fd, ByteBuffer address, ByteBuffer length);

    int setsockopt(int fd, int level, int option, ByteBuffer value, int length);

    int getsockopt(int fd, int level, int option, ByteBuffer value, ByteBuffer length);

    long recvmsg(int fd, long message, int flags);

    long send(int fd, long address, long length, int flags);

    int open(String path, int flags);

    long read(int fd, ByteBuffer buffer, long length);

    long write(int fd, ByteBuffer buffer, long length);

    int ioctl(int fd, long request, ByteBuffer argument);

    int close(int fd);

    int setns(int fd, int type);

    int clock_getres(int clock, ByteBuffer resolution);

    int eventfd(int initial, int flags);

    int ppoll(long descriptors, long count, long timeout, long signals);

    long syscall(long number, int pid, ByteBuffer attributes, int flags);

    int sched_setscheduler(int thread, int policy, ByteBuffer parameters);

    String strerror(int errno);
}
