package org.smapp.api;

/**
 * Why a subflow closed.
 *
 * @param errno the error of its socket, 0 for an orderly end
 * @param resetReason the reason in the peer's MP_TCPRST option (RFC 8684, section 3.6), or {@link #NO_RESET} without one
 * @param resetTransient whether that option calls the condition transient: the path may work again
 */
public record CloseCause(int errno, int resetReason, boolean resetTransient) {

    /** No MP_TCPRST option was received. */
    public static final int NO_RESET = -1;

    /** An orderly end: FIN, or the command of a path manager. */
    public static final CloseCause ORDERLY = new CloseCause(0, NO_RESET, false);

    /**
     * The other end answered, and its answer had no Multipath TCP option: a middlebox strips it, or nobody there speaks Multipath
     * TCP. The kernel reports an orderly end; that the subflow had never begun tells the difference.
     */
    public static final CloseCause NO_OPTION = new CloseCause(Errno.EPROTO.number(), NO_RESET, false);

    private static final int PROHIBITED = 3;
    private static final int INTERFERENCE = 6;

    private static final String[] REASONS = {
        "unspecified",
        "MPTCP-specific error",
        "lack of resources",
        "administratively prohibited",
        "too much outstanding data",
        "unacceptable performance",
        "middlebox interference"
    };

    /** What a cause means for another try over the same pair of addresses. */
    public enum Kind {
        /** In order: this host or the peer wanted it so. */
        ENDED,
        /** The peer or a middlebox reset it. */
        RESET,
        /** The peer takes no subflow there. */
        REFUSED,
        /** No way leads there now. */
        UNREACHABLE,
        /** Nobody answered. */
        TIMED_OUT,
        /** The path carries no Multipath TCP: it is prohibited there, or a middlebox interferes. */
        HOPELESS,
        /** Any other error. */
        OTHER
    }

    /** Returns what the cause means for another try. */
    public Kind kind() {
        if (resetReason == PROHIBITED || resetReason == INTERFERENCE) {
            return Kind.HOPELESS;
        }
        return errno == 0 ? Kind.ENDED : Errno.of(errno).map(CloseCause::kindOf).orElse(Kind.OTHER);
    }

    private static Kind kindOf(Errno error) {
        return switch (error) {
            case ECONNRESET -> Kind.RESET;
            case ECONNREFUSED, EPROTO -> Kind.REFUSED;
            case ENETUNREACH, EHOSTUNREACH -> Kind.UNREACHABLE;
            case ETIMEDOUT -> Kind.TIMED_OUT;
            default -> Kind.OTHER;
        };
    }

    /** Returns the cause in words, such as {@code ECONNRESET (Connection reset by peer), middlebox interference}. */
    @Override
    public String toString() {
        if (equals(NO_OPTION)) {
            return Errno.describe(errno) + ", answered without Multipath TCP's option: a middlebox strips it, or nobody"
                    + " there speaks Multipath TCP";
        }
        String error = errno == 0 ? "orderly" : Errno.describe(errno);
        if (resetReason == NO_RESET) {
            return error;
        }
        String reason =
                resetReason >= 0 && resetReason < REASONS.length ? REASONS[resetReason] : "reset reason " + resetReason;
        return error + ", " + reason + (resetTransient ? " (transient)" : "");
    }
}
