package org.smapp.linux.jnr;

import com.kenai.jffi.CallContext;
import com.kenai.jffi.CallingConvention;
import com.kenai.jffi.Invoker;
import com.kenai.jffi.Library;
import com.kenai.jffi.MemoryIO;
import com.kenai.jffi.Type;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * libc without generated code: each call goes through libffi. A call takes a fraction of a microsecond longer than what jnr-ffi
 * generates, but nothing has to be generated first: a tool that lives for one request starts in half the time.
 */
final class PlainLibC implements LibC {

    private static final Invoker INVOKER = Invoker.getInstance();
    private static final Library LIBRARY = Library.getCachedInstance("libc.so.6", Library.LAZY | Library.GLOBAL);

    private static final CallContext INT_OF_3_INTS = context(Type.SINT32, Type.SINT32, Type.SINT32, Type.SINT32);
    private static final CallContext INT_OF_2_INTS = context(Type.SINT32, Type.SINT32, Type.SINT32);
    private static final CallContext INT_OF_INT = context(Type.SINT32, Type.SINT32);
    private static final CallContext INT_OF_INT_POINTER_INT =
            context(Type.SINT32, Type.SINT32, Type.POINTER, Type.SINT32);
    private static final CallContext INT_OF_INT_POINTER = context(Type.SINT32, Type.SINT32, Type.POINTER);
    private static final CallContext INT_OF_INT_2_POINTERS =
            context(Type.SINT32, Type.SINT32, Type.POINTER, Type.POINTER);
    private static final CallContext OPTION_SETTER =
            context(Type.SINT32, Type.SINT32, Type.SINT32, Type.SINT32, Type.POINTER, Type.SINT32);
    private static final CallContext OPTION_GETTER =
            context(Type.SINT32, Type.SINT32, Type.SINT32, Type.SINT32, Type.POINTER, Type.POINTER);
    private static final CallContext TRANSFER =
            context(Type.SINT64, Type.SINT32, Type.POINTER, Type.SINT64, Type.SINT32);
    private static final CallContext RECEIVE = context(Type.SINT64, Type.SINT32, Type.POINTER, Type.SINT32);
    private static final CallContext FILE_TRANSFER = context(Type.SINT64, Type.SINT32, Type.POINTER, Type.SINT64);
    private static final CallContext INT_OF_POINTER_INT = context(Type.SINT32, Type.POINTER, Type.SINT32);
    private static final CallContext INT_OF_INT_LONG_POINTER =
            context(Type.SINT32, Type.SINT32, Type.SINT64, Type.POINTER);
    private static final CallContext WAIT = context(Type.SINT32, Type.POINTER, Type.SINT64, Type.POINTER, Type.POINTER);
    private static final CallContext SYSCALL =
            context(Type.SINT64, Type.SINT64, Type.SINT32, Type.POINTER, Type.SINT32);
    private static final CallContext POINTER_OF_INT = context(Type.POINTER, Type.SINT32);

    private static final long SOCKET = symbol("socket");
    private static final long BIND = symbol("bind");
    private static final long CONNECT = symbol("connect");
    private static final long LISTEN = symbol("listen");
    private static final long GETSOCKNAME = symbol("getsockname");
    private static final long SETSOCKOPT = symbol("setsockopt");
    private static final long GETSOCKOPT = symbol("getsockopt");
    private static final long RECVMSG = symbol("recvmsg");
    private static final long SEND = symbol("send");
    private static final long OPEN = symbol("open");
    private static final long READ = symbol("read");
    private static final long WRITE = symbol("write");
    private static final long IOCTL = symbol("ioctl");
    private static final long CLOSE = symbol("close");
    private static final long SETNS = symbol("setns");
    private static final long CLOCK_GETRES = symbol("clock_getres");
    private static final long EVENTFD = symbol("eventfd");
    private static final long PPOLL = symbol("ppoll");
    private static final long SYSCALL_FUNCTION = symbol("syscall");
    private static final long SCHED_SETSCHEDULER = symbol("sched_setscheduler");
    private static final long STRERROR = symbol("strerror");

    private static CallContext context(Type result, Type... parameters) {
        boolean saveErrno = true;
        return CallContext.getCallContext(result, parameters, CallingConvention.DEFAULT, saveErrno);
    }

    private static long symbol(String name) {
        long address = LIBRARY == null ? 0 : LIBRARY.getSymbolAddress(name);
        if (address == 0) {
            throw new UnsatisfiedLinkError("libc.so.6 has no function " + name);
        }
        return address;
    }

    private static long address(ByteBuffer buffer) {
        return buffer == null ? 0 : Native.addressOf(buffer) + buffer.position();
    }

    @Override
    public int socket(int domain, int type, int protocol) {
        return (int) INVOKER.invokeN3(INT_OF_3_INTS, SOCKET, domain, type, protocol);
    }

    @Override
    public int bind(int fd, ByteBuffer address, int length) {
        return (int) INVOKER.invokeN3(INT_OF_INT_POINTER_INT, BIND, fd, address(address), length);
    }

    @Override
    public int connect(int fd, ByteBuffer address, int length) {
        return (int) INVOKER.invokeN3(INT_OF_INT_POINTER_INT, CONNECT, fd, address(address), length);
    }

    @Override
    public int listen(int fd, int backlog) {
        return (int) INVOKER.invokeN2(INT_OF_2_INTS, LISTEN, fd, backlog);
    }

    @Override
    public int getsockname(int fd, ByteBuffer address, ByteBuffer length) {
        return (int) INVOKER.invokeN3(INT_OF_INT_2_POINTERS, GETSOCKNAME, fd, address(address), address(length));
    }

    @Override
    public int setsockopt(int fd, int level, int option, ByteBuffer value, int length) {
        return (int) INVOKER.invokeN5(OPTION_SETTER, SETSOCKOPT, fd, level, option, address(value), length);
    }

    @Override
    public int getsockopt(int fd, int level, int option, ByteBuffer value, ByteBuffer length) {
        return (int) INVOKER.invokeN5(OPTION_GETTER, GETSOCKOPT, fd, level, option, address(value), address(length));
    }

    @Override
    public long recvmsg(int fd, long message, int flags) {
        return INVOKER.invokeN3(RECEIVE, RECVMSG, fd, message, flags);
    }

    @Override
    public long send(int fd, long address, long length, int flags) {
        return INVOKER.invokeN4(TRANSFER, SEND, fd, address, length, flags);
    }

    @Override
    public int open(String path, int flags) {
        byte[] text = (path + "\0").getBytes(StandardCharsets.UTF_8);
        return (int) INVOKER.invokeN2(
                INT_OF_POINTER_INT, OPEN, address(Native.memory(text.length).put(0, text)), flags);
    }

    @Override
    public long read(int fd, ByteBuffer buffer, long length) {
        return INVOKER.invokeN3(FILE_TRANSFER, READ, fd, address(buffer), length);
    }

    @Override
    public long write(int fd, ByteBuffer buffer, long length) {
        return INVOKER.invokeN3(FILE_TRANSFER, WRITE, fd, address(buffer), length);
    }

    @Override
    public int ioctl(int fd, long request, ByteBuffer argument) {
        return (int) INVOKER.invokeN3(INT_OF_INT_LONG_POINTER, IOCTL, fd, request, address(argument));
    }

    @Override
    public int close(int fd) {
        return (int) INVOKER.invokeN1(INT_OF_INT, CLOSE, fd);
    }

    @Override
    public int setns(int fd, int type) {
        return (int) INVOKER.invokeN2(INT_OF_2_INTS, SETNS, fd, type);
    }

    @Override
    public int clock_getres(int clock, ByteBuffer resolution) {
        return (int) INVOKER.invokeN2(INT_OF_INT_POINTER, CLOCK_GETRES, clock, address(resolution));
    }

    @Override
    public int eventfd(int initial, int flags) {
        return (int) INVOKER.invokeN2(INT_OF_2_INTS, EVENTFD, initial, flags);
    }

    @Override
    public int ppoll(long descriptors, long count, long timeout, long signals) {
        return (int) INVOKER.invokeN4(WAIT, PPOLL, descriptors, count, timeout, signals);
    }

    @Override
    public long syscall(long number, int pid, ByteBuffer attributes, int flags) {
        return INVOKER.invokeN4(SYSCALL, SYSCALL_FUNCTION, number, pid, address(attributes), flags);
    }

    @Override
    public int sched_setscheduler(int thread, int policy, ByteBuffer parameters) {
        return (int) INVOKER.invokeN3(INT_OF_INT_LONG_POINTER, SCHED_SETSCHEDULER, thread, policy, address(parameters));
    }

    @Override
    public String strerror(int errno) {
        byte[] text =
                MemoryIO.getInstance().getZeroTerminatedByteArray(INVOKER.invokeN1(POINTER_OF_INT, STRERROR, errno));
        return new String(text, StandardCharsets.UTF_8);
    }
}
