package org.smapp.control;

import java.io.IOException;
import java.nio.channels.SocketChannel;
import java.nio.file.FileSystems;
import java.nio.file.attribute.UserPrincipal;
import java.nio.file.attribute.UserPrincipalLookupService;
import jdk.net.ExtendedSocketOptions;

/**
 * The user at the other end of a socket, as the kernel noted it when the socket was connected (SO_PEERCRED, unix(7)).
 *
 * @param name the user's name, or number when it has none
 * @param daemon the name of the user that the daemon runs as
 * @param mayCommand whether it is root or that user
 */
record Peer(String name, String daemon, boolean mayCommand) {

    static Peer of(SocketChannel channel, UserPrincipal daemon) throws IOException {
        return of(channel.getOption(ExtendedSocketOptions.SO_PEERCRED).user(), daemon);
    }

    static Peer of(UserPrincipal user, UserPrincipal daemon) throws IOException {
        UserPrincipalLookupService users = FileSystems.getDefault().getUserPrincipalLookupService();
        // A number is looked up as such: root may have another name, or none in a small container.
        boolean root = user.equals(users.lookupPrincipalByName("0"));
        return new Peer(user.getName(), daemon.getName(), root || user.equals(daemon));
    }

    void checkMayCommand() throws BadRequest {
        if (!mayCommand) {
            String who = daemon.equals("root") ? "root" : "root and the user " + daemon + ", who runs the daemon,";
            throw new BadRequest("Only " + who + " may give commands; you are " + name + ". Try it with sudo.");
        }
    }
}
