package org.smapp.api;

import java.util.Optional;

/** The error numbers of Linux that path managers meet, with their names and texts. The numbers are those of x86 and ARM. */
public enum Errno {
    EPERM(1, "Operation not permitted"),
    ENOENT(2, "No such file or directory"),
    ESRCH(3, "No such process"),
    EINTR(4, "Interrupted system call"),
    EIO(5, "Input/output error"),
    EAGAIN(11, "Resource temporarily unavailable"),
    ENOMEM(12, "Cannot allocate memory"),
    EACCES(13, "Permission denied"),
    EBUSY(16, "Device or resource busy"),
    EEXIST(17, "File exists"),
    ENODEV(19, "No such device"),
    EINVAL(22, "Invalid argument"),
    EPIPE(32, "Broken pipe"),
    ERANGE(34, "Numerical result out of range"),
    EPROTO(71, "Protocol error"),
    EMSGSIZE(90, "Message too long"),
    EOPNOTSUPP(95, "Operation not supported"),
    EAFNOSUPPORT(97, "Address family not supported by protocol"),
    EADDRINUSE(98, "Address already in use"),
    EADDRNOTAVAIL(99, "Cannot assign requested address"),
    ENETDOWN(100, "Network is down"),
    ENETUNREACH(101, "Network is unreachable"),
    ECONNABORTED(103, "Software caused connection abort"),
    ECONNRESET(104, "Connection reset by peer"),
    ENOBUFS(105, "No buffer space available"),
    ENOTCONN(107, "Transport endpoint is not connected"),
    ETIMEDOUT(110, "Connection timed out"),
    ECONNREFUSED(111, "Connection refused"),
    EHOSTDOWN(112, "Host is down"),
    EHOSTUNREACH(113, "No route to host");

    private final int number;
    private final String text;

    Errno(int number, String text) {
        this.number = number;
        this.text = text;
    }

    /** Returns the kernel's number. */
    public int number() {
        return number;
    }

    /** Returns whether {@code errno} is this error. */
    public boolean is(int errno) {
        return number == errno;
    }

    /** Returns the error with this number, if it is listed here. */
    public static Optional<Errno> of(int errno) {
        for (Errno each : values()) {
            if (each.number == errno) {
                return Optional.of(each);
            }
        }
        return Optional.empty();
    }

    /** Returns {@code EINVAL (Invalid argument)} for 22, and {@code errno 77} for a number that is not listed here. */
    public static String describe(int errno) {
        return of(errno).map(each -> each.name() + " (" + each.text + ")").orElse("errno " + errno);
    }
}
