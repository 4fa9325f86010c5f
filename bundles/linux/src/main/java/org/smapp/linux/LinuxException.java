package org.smapp.linux;

import java.io.IOException;

/** A system call that failed, with all that is known of it. */
public final class LinuxException extends IOException {

    private static final long serialVersionUID = 1L;

    private final String operation;
    private final int errno;

    /**
     * @param operation what was tried, such as {@code "join netlink group 9"}
     * @param errno the kernel's error number, above zero
     * @param text libc's text for it, or better, what it means here and what to do
     */
    public LinuxException(String operation, int errno, String text) {
        super(operation + ": " + text + " (" + Errno.name(errno) + ", errno " + errno + ")");
        this.operation = operation;
        this.errno = errno;
    }

    /** Returns what was tried. */
    public String operation() {
        return operation;
    }

    /** Returns the kernel's error number. */
    public int errno() {
        return errno;
    }
}
