package org.smapp.netlink.diag;

/** States of TCP as the kernel numbers them (net/tcp_states.h), and sets of them with a bit for each. */
public final class SocketStates {

    public static final int ESTABLISHED = 1;
    public static final int SYN_SENT = 2;
    public static final int SYN_RECEIVED = 3;
    public static final int TIME_WAIT = 6;
    public static final int CLOSED = 7;
    public static final int CLOSE_WAIT = 8;
    public static final int LISTEN = 10;

    /**
     * The states in which a subflow can carry data now or soon; one that is being closed can stay in other states for
     * minutes.
     */
    static final int OPEN = bit(ESTABLISHED) | bit(SYN_SENT) | bit(SYN_RECEIVED);

    /** Still sends or may have to send again. */
    static final int ALIVE = ~(bit(CLOSED) | bit(LISTEN) | bit(TIME_WAIT));

    /** All but those that belong to no connection. */
    static final int CONNECTED = ~(bit(CLOSED) | bit(LISTEN));

    static final int ALL = ~0;

    private SocketStates() {}

    private static int bit(int state) {
        return 1 << state;
    }
}
