package org.smapp.testkit.kernel;

import org.smapp.linux.Errno;

/** The kernel says no: an error number and what NETLINK_EXT_ACK tells besides. */
final class Refusal extends Exception {

    static final int NOWHERE = -1;

    private static final long serialVersionUID = 1L;

    final int errno;
    final String text;
    final int offset;
    final int missing;

    private Refusal(int errno, String text, int offset, int missing) {
        super(text, null, false, false);
        this.errno = errno;
        this.text = text;
        this.offset = offset;
        this.missing = missing;
    }

    /** Without an explanation. */
    static Refusal plain(int errno) {
        return new Refusal(errno, "", NOWHERE, NOWHERE);
    }

    /** About no byte of the request in particular. */
    static Refusal of(int errno, String text) {
        return new Refusal(errno, text, NOWHERE, NOWHERE);
    }

    static Refusal at(int offset, int errno, String text) {
        return new Refusal(errno, text, offset, NOWHERE);
    }

    static Refusal invalid(int offset, String text) {
        return at(offset, Errno.EINVAL, text);
    }

    static Refusal missing(int attribute) {
        return new Refusal(Errno.EINVAL, "", NOWHERE, attribute);
    }
}
