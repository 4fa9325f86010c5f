package org.smapp.api;

/** How far a connection has come. */
public enum ConnectionState {
    /** Its first subflow's handshake is done; further subflows are not possible yet. */
    CREATED,
    /** Further subflows can be opened. */
    ESTABLISHED
}
