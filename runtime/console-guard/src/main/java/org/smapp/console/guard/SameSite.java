package org.smapp.console.guard;

import java.util.Set;

/** Tells by its headers where a request comes from. Thread-safe: stateless. */
final class SameSite {

    private static final Set<String> LOOPBACK = Set.of("127.0.0.1", "localhost", "[::1]");

    private SameSite() {}

    /**
     * Returns whether a request was addressed to this host by one of its loopback names, and was not sent by another site's page.
     *
     * @param host the header Host; a foreign name means that somebody's name server points at 127.0.0.1
     * @param origin the header Origin, which browsers add to whatever could change something; null if there is none
     */
    static boolean allows(String host, String origin) {
        return host != null
                && LOOPBACK.contains(withoutPort(host))
                && (origin == null || origin.equals("http://" + host));
    }

    private static String withoutPort(String host) {
        int colon = host.lastIndexOf(':');
        return colon > host.lastIndexOf(']') ? host.substring(0, colon) : host;
    }
}
