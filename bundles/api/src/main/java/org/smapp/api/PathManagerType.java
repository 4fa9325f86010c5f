package org.smapp.api;

/** Who decides on the subflows of a connection. The kernel fixes it when the connection's socket is made. */
public enum PathManagerType {
    /** SMAPP, by whichever controller owns the connection. */
    USER_SPACE,
    /** The kernel itself: the connection is older than SMAPP's start. It is listed and left alone. */
    IN_KERNEL,
    /** Nobody: the connection fell back to plain TCP and has one path for good. */
    NONE
}
