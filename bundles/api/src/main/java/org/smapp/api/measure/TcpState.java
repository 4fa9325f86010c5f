package org.smapp.api.measure;

/**
 * The states of TCP (RFC 9293, section 3.3.2) in the order of the kernel's numbers (net/tcp_states.h), and {@link #OTHER} for what a
 * later kernel may add.
 */
public enum TcpState {
    OTHER,
    ESTABLISHED,
    SYN_SENT,
    SYN_RECEIVED,
    FIN_WAIT_1,
    FIN_WAIT_2,
    TIME_WAIT,
    CLOSED,
    CLOSE_WAIT,
    LAST_ACK,
    LISTEN,
    CLOSING;

    private static final TcpState[] BY_NUMBER = values();

    /** Returns the state that the kernel gives this number. */
    public static TcpState of(int number) {
        return number >= 0 && number < BY_NUMBER.length ? BY_NUMBER[number] : OTHER;
    }
}
