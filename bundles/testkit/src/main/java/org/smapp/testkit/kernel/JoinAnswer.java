package org.smapp.testkit.kernel;

/** What the peer does when a subflow is opened towards it. */
public enum JoinAnswer {
    /** Accepts it at once. */
    ACCEPT,
    /** Resets it after the handshake, as a peer without a path manager or at its limit does: established, then closed. */
    RESET,
    /** Stays silent; the test says what comes of it. */
    SILENCE
}
