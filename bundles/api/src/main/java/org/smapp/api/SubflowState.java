package org.smapp.api;

/** How far a subflow has come. */
public enum SubflowState {
    /** Asked for; the kernel has sent a SYN and not yet reported the result. */
    CONNECTING,
    /** In use by the connection, or ready to be. */
    ESTABLISHED
}
