package org.smapp.launcher;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.util.EnumSet;
import java.util.Set;

/** The folder that SMAPP writes to, held by one process at a time. Thread-safe. */
final class DataFolder implements AutoCloseable {

    /** Owner alone may look in; the control socket, which others may use, can be put elsewhere. */
    private static final Set<PosixFilePermission> OWNER_AND_PASSERS_BY = EnumSet.of(
            PosixFilePermission.OWNER_READ,
            PosixFilePermission.OWNER_WRITE,
            PosixFilePermission.OWNER_EXECUTE,
            PosixFilePermission.GROUP_EXECUTE,
            PosixFilePermission.OTHERS_EXECUTE);

    private final Path folder;
    private final FileChannel lockFile;

    private DataFolder(Path folder, FileChannel lockFile) {
        this.folder = folder;
        this.lockFile = lockFile;
    }

    /** Makes the folder if it is not there and takes it. The kernel gives it back when the process ends, however that happens. */
    static DataFolder take(Path folder) throws StartException {
        try {
            if (!Files.isDirectory(folder)) {
                Files.createDirectories(folder);
                Files.setPosixFilePermissions(folder, OWNER_AND_PASSERS_BY);
            }
            return lock(folder);
        } catch (IOException e) {
            throw new StartException(
                    "SMAPP can't write to its data folder " + folder + "; give one that it can write with --data.", e);
        }
    }

    Path file(String name) {
        return folder.resolve(name);
    }

    private static DataFolder lock(Path folder) throws IOException, StartException {
        FileChannel channel =
                FileChannel.open(folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        if (!isLocked(channel)) {
            channel.close();
            throw new StartException("Another smapp is running with the data folder " + folder
                    + "; stop it, or give this one a folder of its own with --data.");
        }
        return new DataFolder(folder, channel);
    }

    private static boolean isLocked(FileChannel channel) throws IOException {
        try {
            FileLock lock = channel.tryLock();
            return lock != null;
        } catch (OverlappingFileLockException e) {
            // Held by this same process.
            return false;
        }
    }

    @Override
    public void close() throws IOException {
        lockFile.close();
    }
}
