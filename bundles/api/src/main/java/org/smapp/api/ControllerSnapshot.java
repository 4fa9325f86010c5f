package org.smapp.api;

/**
 * A controller as it is known to the platform. Immutable.
 *
 * @param name its name
 * @param version the version of its bundle
 * @param bundle the symbolic name of its bundle
 * @param connections how many connections it owns
 * @param quarantined why it was taken out of service, or the empty string
 */
public record ControllerSnapshot(String name, String version, String bundle, int connections, String quarantined) {}
