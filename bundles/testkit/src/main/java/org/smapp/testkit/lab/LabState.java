package org.smapp.testkit.lab;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * What a lab has made that outlives a crash, in a file that is locked as long as its process lives. Who gets the lock of a
 * prefix knows that whatever the file names is left over.
 *
 * <p>Thread-safe.
 */
final class LabState implements AutoCloseable {

    private static final Path DIRECTORY = Path.of("/run/smapp-lab");

    // Closing any channel to a file gives up this process's lock on it, so that a file in use must not be opened again.
    private static final Set<String> HELD_HERE = ConcurrentHashMap.newKeySet();

    private final Path file;
    private final FileChannel channel;

    private LabState(Path file, FileChannel channel) {
        this.file = file;
        this.channel = channel;
    }

    /** Takes the prefix for this process, or throws {@link LabException} if somebody else uses it. */
    static LabState take(String prefix) {
        try {
            Files.createDirectories(DIRECTORY);
            return tryTake(prefix)
                    .orElseThrow(() -> new LabException(
                            "A lab with the prefix " + prefix + " is up already: choose another prefix"));
        } catch (IOException e) {
            throw new LabException("Can't use " + DIRECTORY + " (is /run writable?): " + e, e);
        }
    }

    /** Takes all prefixes whose processes are dead. */
    static List<LabState> takeOrphans() {
        List<LabState> orphans = new ArrayList<>();
        try (Stream<Path> files = Files.list(DIRECTORY)) {
            for (Path each : files.toList()) {
                tryTake(each.getFileName().toString()).ifPresent(orphans::add);
            }
        } catch (IOException e) {
            throw new LabException("Can't read " + DIRECTORY + ": " + e, e);
        }
        return orphans;
    }

    private static Optional<LabState> tryTake(String prefix) throws IOException {
        if (!HELD_HERE.add(prefix)) {
            return Optional.empty();
        }
        LabState taken = null;
        try {
            FileChannel channel = lock(DIRECTORY.resolve(prefix));
            taken = channel == null ? null : new LabState(DIRECTORY.resolve(prefix), channel);
            return Optional.ofNullable(taken);
        } finally {
            if (taken == null) {
                HELD_HERE.remove(prefix);
            }
        }
    }

    /** Returns a locked channel to the file, or null if another process has locked it. */
    private static FileChannel lock(Path file) throws IOException {
        while (true) {
            Object before = identity(file);
            FileChannel channel = FileChannel.open(
                    file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
            if (channel.tryLock() == null) {
                channel.close();
                return null;
            }
            if (identity(file).equals(before)) {
                return channel;
            }
            channel.close(); // it is new, or its owner has just removed it: once more
        }
    }

    private static Object identity(Path file) throws IOException {
        try {
            return Files.readAttributes(file, BasicFileAttributes.class).fileKey();
        } catch (NoSuchFileException e) {
            return "none";
        }
    }

    /** Returns what was noted by the process before, oldest first. */
    synchronized List<String> entries() {
        try {
            ByteBuffer content = ByteBuffer.allocate((int) channel.size());
            while (content.hasRemaining() && channel.read(content, content.position()) >= 0) {}
            return new String(content.array(), StandardCharsets.UTF_8).lines().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Notes something before it is made. */
    synchronized void note(String entry) {
        try {
            channel.write(ByteBuffer.wrap((entry + "\n").getBytes(StandardCharsets.UTF_8)), channel.size());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Gives the prefix back, when nothing is left of what was noted. */
    void release() {
        try {
            Files.deleteIfExists(file); // before the lock goes
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            close();
        }
    }

    /** Gives the prefix back and keeps what was noted for whoever takes it next. */
    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            HELD_HERE.remove(file.getFileName().toString());
        }
    }
}
