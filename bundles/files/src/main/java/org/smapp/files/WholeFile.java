package org.smapp.files;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/**
 * Writes files so that whoever reads one finds the old content or the new, whole, whatever happens in between: a full disk, a
 * kill, a power cut. A file is for its owner alone (0600). Thread-safe: stateless.
 */
public final class WholeFile {

    private WholeFile() {}

    /**
     * Writes beside {@code file}, under a name that nobody can guess, forces it to the disk, and gives it the file's name. A
     * symbolic link of that name is replaced, not followed.
     *
     * @throws IOException if it can't be written; what was there stays
     */
    public static void write(Path file, byte[] content) throws IOException {
        Path folder = file.toAbsolutePath().getParent();
        Path beside = Files.createTempFile(
                folder, "." + file.getFileName() + ".", ".new"); // 0600, and never one that is there
        try {
            force(beside, content);
            Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            Files.deleteIfExists(beside);
            throw e;
        }
        try (FileChannel names = FileChannel.open(folder, StandardOpenOption.READ)) {
            names.force(true);
        }
    }

    private static void force(Path file, byte[] content) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS)) {
            ByteBuffer rest = ByteBuffer.wrap(content);
            while (rest.hasRemaining()) {
                channel.write(rest);
            }
            channel.force(true);
        }
    }
}
