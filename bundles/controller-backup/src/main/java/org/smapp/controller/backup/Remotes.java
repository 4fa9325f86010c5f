package org.smapp.controller.backup;

import org.smapp.api.IpAddress;
import org.smapp.api.Outcome;
import org.smapp.api.controller.Connection;

/** Where to open a subflow to. Stateless. */
final class Remotes {

    private Remotes() {}

    /**
     * Opens a subflow from {@code local}: to where the connection began, if the peer lets others join there, else to the first
     * address that it announced. Returns whether the kernel accepted.
     */
    static boolean open(Connection connection, IpAddress local, boolean backup) {
        return connection
                .pairFrom(local)
                .map(pair -> connection.create(pair.local(), pair.remote(), backup))
                .map(Outcome::isAccepted)
                .orElse(false);
    }
}
