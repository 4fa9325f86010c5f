package org.smapp.control;

import java.io.Closeable;
import java.io.IOException;
import java.net.ConnectException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;

/**
 * A Unix domain socket that listens, and its file. The file of a dead daemon is replaced, that of a living one is left alone.
 * The name appears once the socket listens with its final permissions (0660), never before.
 */
final class SocketFile implements Closeable {

    /** The longest path in bytes: {@code sun_path} has room for 108 with the final zero (unix(7)). */
    private static final int MAX_PATH_BYTES = 107;

    private final Path path;
    private final Object identity;
    private final UserPrincipal owner;
    private final ServerSocketChannel channel;

    private SocketFile(Path path, ServerSocketChannel channel) throws IOException {
        this.path = path;
        this.channel = channel;
        identity = attributes(path).fileKey();
        owner = Files.getOwner(path, LinkOption.NOFOLLOW_LINKS);
    }

    /**
     * Listens at {@code path}; makes the folders above it that are missing.
     *
     * @throws IOException with a sentence for the operator
     */
    static SocketFile open(Path path) throws IOException {
        if (path.toString().getBytes(StandardCharsets.UTF_8).length > MAX_PATH_BYTES) {
            throw new IOException("The control socket's path is longer than the "
                    + MAX_PATH_BYTES + " bytes that Linux has room for: " + path
                    + ". Name a shorter one.");
        }
        checkNobodyIsThere(path);
        try {
            return listen(path, fresh(path));
        } catch (IOException e) {
            // The message of a FileSystemException is only the path.
            throw new IOException(
                    "The control socket " + path + " could not be made ("
                            + e.getClass().getSimpleName() + ": " + e.getMessage()
                            + "). Name another path with --control.",
                    e);
        }
    }

    /** Returns a name beside {@code path} that is no longer, so that it fits where the other fits. */
    private static Path fresh(Path path) {
        String name = path.getFileName().toString();
        return path.resolveSibling(name.substring(0, name.length() - 1) + (name.endsWith("~") ? '+' : '~'));
    }

    private static SocketFile listen(Path path, Path fresh) throws IOException {
        Path folder = path.toAbsolutePath().getParent();
        if (!Files.isDirectory(folder)) {
            Files.createDirectories(folder);
        }
        Files.deleteIfExists(fresh);
        ServerSocketChannel channel = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        try {
            channel.bind(UnixDomainSocketAddress.of(fresh));
            Files.setPosixFilePermissions(fresh, PosixFilePermissions.fromString("rw-rw----"));
            Files.move(fresh, path, StandardCopyOption.ATOMIC_MOVE);
            return new SocketFile(path, channel);
        } catch (IOException e) {
            channel.close();
            Files.deleteIfExists(fresh);
            throw e;
        }
    }

    /** Returns what accepts connections. */
    ServerSocketChannel channel() {
        return channel;
    }

    /** Returns the user that the daemon runs as. */
    UserPrincipal owner() {
        return owner;
    }

    private static void checkNobodyIsThere(Path path) throws IOException {
        if (!Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        if (!attributes(path).isOther()) {
            throw new IOException(path + " is there already and is not a socket. Name another path with --control.");
        }
        try (SocketChannel probe = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            probe.configureBlocking(false); // a daemon that accepts nobody any more must not hold up this one
            probe.connect(UnixDomainSocketAddress.of(path));
        } catch (ConnectException e) {
            return; // refused: whoever made it is gone
        } catch (IOException e) {
            throw new IOException(
                    "Somebody else's socket is at " + path + " (" + e.getMessage() + "). Name another with --control.",
                    e);
        }
        throw new IOException("Another daemon answers at " + path
                + " already. Stop it, or give this one a socket of its own with --control.");
    }

    private static BasicFileAttributes attributes(Path path) throws IOException {
        return Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    }

    /** Stops listening and removes the file, unless it belongs to somebody else by now. */
    @Override
    public void close() throws IOException {
        channel.close();
        if (Files.exists(path, LinkOption.NOFOLLOW_LINKS)
                && attributes(path).fileKey().equals(identity)) {
            Files.deleteIfExists(path);
        }
    }
}
