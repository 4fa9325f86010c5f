package org.smapp.linux;

import java.lang.reflect.Field;
import java.util.HashMap;
import java.util.Map;

/**
 * Error numbers of Linux on x86-64 and aarch64 (asm-generic/errno.h), those that SMAPP meets. Controllers and operators have the
 * vocabulary's own, which explains them; it and this bundle each depend on nothing.
 */
public final class Errno {

    public static final int EPERM = 1;
    public static final int ENOENT = 2;
    public static final int ESRCH = 3;
    public static final int EINTR = 4;
    public static final int EIO = 5;
    public static final int EBADF = 9;
    public static final int EAGAIN = 11;
    public static final int ENOMEM = 12;
    public static final int EACCES = 13;
    public static final int EBUSY = 16;
    public static final int EEXIST = 17;
    public static final int ENODEV = 19;
    public static final int EINVAL = 22;
    public static final int EMFILE = 24;
    public static final int ERANGE = 34;
    public static final int EBADMSG = 74;
    public static final int EMSGSIZE = 90;
    public static final int EPROTONOSUPPORT = 93;
    public static final int EOPNOTSUPP = 95;
    public static final int EADDRINUSE = 98;
    public static final int EADDRNOTAVAIL = 99;
    public static final int ENETDOWN = 100;
    public static final int ENETUNREACH = 101;
    public static final int ECONNABORTED = 103;
    public static final int ECONNRESET = 104;
    public static final int ENOBUFS = 105;
    public static final int ENOTCONN = 107;
    public static final int ETIMEDOUT = 110;
    public static final int ECONNREFUSED = 111;
    public static final int EHOSTUNREACH = 113;

    private static final Map<Integer, String> NAMES = names();

    private Errno() {}

    private static Map<Integer, String> names() {
        Map<Integer, String> names = new HashMap<>();
        try {
            for (Field each : Errno.class.getFields()) {
                names.put(each.getInt(null), each.getName());
            }
        } catch (IllegalAccessException e) {
            throw new IllegalStateException("They are public", e);
        }
        return names;
    }

    /** Returns the symbol of an error number, such as {@code "EINVAL"}, or {@code "E"} and the number for others. */
    public static String name(int errno) {
        return NAMES.getOrDefault(errno, "E" + errno);
    }
}
