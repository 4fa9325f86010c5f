package org.smapp.api;

/**
 * How much the in-kernel path manager does for each connection.
 *
 * @param acceptedAddresses how many announced addresses of the peer it uses, 0 to 8
 * @param subflows how many subflows there may be beside the initial one, 0 to 8
 */
public record EndpointLimits(int acceptedAddresses, int subflows) {}
