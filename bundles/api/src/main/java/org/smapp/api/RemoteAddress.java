package org.smapp.api;

/**
 * An address of the peer that subflows may be opened to.
 *
 * @param id the peer's address id, 0 for the address that the connection began with
 * @param at the address, and the port that listens there
 */
public record RemoteAddress(int id, TransportAddress at) {}
