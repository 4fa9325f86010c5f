package org.smapp.testkit.lab;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

/**
 * What a lab has made that outlives a crash, in a file that is locked as long as its process lives. Who gets the lock of a
 * prefix knows that whatever the file names is left over.
 *
 * <p>Thread-safe.
 */
final class LabState implements AutoCloseable {

    private static final Path DIRECTORY = Path.of("/run/smapp-lab");

    private final FileChannel channel;

    private LabState(FileChannel channel) {
        this.channel = channel;
    }

    /** Takes the prefix for this process, or throws {@link LabException} if another one uses it. */
    static LabState take(String prefix) {
        try {
            Files.createDirectories(DIRECTORY);
            FileChannel channel = FileChannel.open(
                    DIRECTORY.resolve(prefix),
                    StandardOpenOption.CREATE,
                    StandardOpenOption.READ,
                    StandardOpenOption.WRITE);
            if (!isLocked(channel)) {
                channel.close();
                throw new LabException("A lab with the prefix " + prefix + " is up already: choose another prefix");
            }
            return new LabState(channel);
        } catch (IOException e) {
            throw new LabException("Can't use " + DIRECTORY + " (is /run writable?): " + e, e);
        }
    }

    private static boolean isLocked(FileChannel channel) throws IOException {
        try {
            FileLock lock = channel.tryLock();
            return lock != null;
        } catch (OverlappingFileLockException e) {
            return false; // by this process
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

    /** Notes that everything is gone. */
    synchronized void clear() {
        try {
            channel.truncate(0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
