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
import java.security.SecureRandom;

/**
 * A Unix domain socket that listens, and its file. The file of a dead daemon is replaced, that of a living one is left alone.
 * The name appears once the socket listens with its final permissions (0660), never before.
 */
final class SocketFile implements Closeable {

    /** The longest path in bytes: {@code sun_path} has room for 108 with the final zero (unix(7)). */
    private static final int MAX_PATH_BYTES = 107;

    private static final SecureRandom RANDOM = new SecureRandom();

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
            return listen(path);
        } catch (IOException e) {
            // The message of a FileSystemException is only the path.
            throw new IOException(
                    "The control socket " + path + " could not be made ("
                            + e.getClass().getSimpleName() + ": " + e.getMessage()
                            + "). Name another path with --control.",
                    e);
        }
    }

    /** Makes the socket in a folder beside it that only this user can look into, and that nobody can have made before. */
    private static SocketFile listen(Path path) throws IOException {
        Path folder = path.toAbsolutePath().getParent();
        if (!Files.isDirectory(folder)) {
            Files.createDirectories(folder);
        }
        // As short as can be: where the other name fits, this one is to fit.
        Path hidden = folder.resolve("." + Integer.toString(RANDOM.nextInt(Integer.MAX_VALUE), Character.MAX_RADIX));
        Files.createDirectory(
                hidden, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        try {
            return listen(path, hidden.resolve("s"));
        } finally {
            Files.delete(hidden);
        }
    }

    private static SocketFile listen(Path path, Path fresh) throws IOException {
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

    Path path() {
        return path;
    }

    /** Returns whether its file is still there, and the same. */
    boolean isInPlace() {
        try {
            return attributes(path).fileKey().equals(identity);
        } catch (IOException e) {
            return false;
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
        if (isInPlace()) {
            Files.deleteIfExists(path);
        }
    }
}
