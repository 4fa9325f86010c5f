package org.smapp.launcher;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Finds what would keep SMAPP from starting before anything is started. Thread-safe: stateless. */
final class Preflight {

    /** Bytes of {@code sun_path} in {@code sockaddr_un}, less the zero at its end; unix(7). */
    private static final int LONGEST_SOCKET_PATH_BYTES = 107;

    private Preflight() {}

    static void check(Settings settings) throws StartException {
        if (settings.netns().isPresent()) {
            checkNetns(settings.netns().get());
        }
        checkFolder(settings.config(), "--config");
        checkFolder(settings.deploy(), "--deploy");
        if (settings.httpPort().isPresent()) {
            checkPort(settings.httpPort().getAsInt());
        }
    }

    private static void checkNetns(Path netns) throws StartException {
        if (!Files.exists(netns)) {
            throw new StartException("There is no network namespace " + netns
                    + "; 'ip netns list' shows those that have a name, their files are in /run/netns.");
        }
        if (!Files.isReadable(netns)) {
            throw new StartException(
                    "The network namespace " + netns + " can't be read; run smapp as its owner or as root.");
        }
    }

    private static void checkFolder(Path folder, String option) throws StartException {
        if (!Files.isDirectory(folder) || !Files.isReadable(folder)) {
            throw new StartException(
                    folder + " is not a folder that can be read; create it or give another with " + option + ".");
        }
        if (folder.toString().contains(",")) {
            throw new StartException(
                    "The name of the folder " + folder + " has a comma in it; give another with " + option + ".");
        }
    }

    static void checkControl(Path control) throws StartException {
        if (control.toString().getBytes(StandardCharsets.UTF_8).length > LONGEST_SOCKET_PATH_BYTES) {
            throw new StartException("The name of the control socket, " + control + ", is longer than the "
                    + LONGEST_SOCKET_PATH_BYTES + " bytes that the kernel takes; give a shorter one with --control.");
        }
        Path folder = control.getParent();
        if (!Files.isDirectory(folder) || !Files.isWritable(folder)) {
            throw new StartException("The control socket " + control + " can't be made because " + folder
                    + " is not a folder that can be written; give another name with --control.");
        }
    }

    private static void checkPort(int port) throws StartException {
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), port));
        } catch (BindException e) {
            boolean denied = e.getMessage().contains("denied");
            throw new StartException(
                    "Port " + port + " of 127.0.0.1 " + (denied ? "needs more rights" : "is taken")
                            + "; choose another with --http PORT, or run without the web console with --http off.",
                    e);
        } catch (IOException e) {
            throw new StartException("The web console can't listen on 127.0.0.1: " + e.getMessage() + ".", e);
        }
    }
}
