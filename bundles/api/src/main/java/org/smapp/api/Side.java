package org.smapp.api;

/** Which end of a connection this host is. */
public enum Side {
    /** This host connected. */
    CLIENT,
    /** This host listened. */
    SERVER
}
