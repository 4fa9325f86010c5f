package org.smapp.launcher;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Set;
import org.smapp.files.WholeFile;

/** The folder that SMAPP writes to, held by one process at a time. Thread-safe. */
final class DataFolder implements AutoCloseable {

    /** Owner alone may look in; the control socket, which others may use, can be put elsewhere. */
    private static final Set<PosixFilePermission> OWNER_AND_PASSERS_BY = EnumSet.of(
            PosixFilePermission.OWNER_READ,
            PosixFilePermission.OWNER_WRITE,
            PosixFilePermission.OWNER_EXECUTE,
            PosixFilePermission.GROUP_EXECUTE,
            PosixFilePermission.OTHERS_EXECUTE);

    /** Whoever may read the lock file could lock it. */
    private static final Set<PosixFilePermission> OWNER_ALONE =
            EnumSet.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);

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
            checkOnlyWeWrite(folder);
            return lock(folder);
        } catch (IOException e) {
            throw new StartException(
                    "SMAPP can't write to its data folder " + folder + " (" + reason(e)
                            + "); give one that it can write with --data.",
                    e);
        }
    }

    private static String reason(IOException e) {
        return e instanceof FileSystemException failure && failure.getReason() != null
                ? failure.getReason()
                : e.getClass().getSimpleName();
    }

    /** Whoever may write there could put another password or other code in place. */
    private static void checkOnlyWeWrite(Path folder) throws IOException, StartException {
        Object owner = Files.getAttribute(folder, "unix:uid");
        Object we = Files.getAttribute(Path.of("/proc/self"), "unix:uid");
        boolean ours = owner.equals(we) || owner.equals(0);
        if (!ours || Files.getPosixFilePermissions(folder).contains(PosixFilePermission.OTHERS_WRITE)) {
            throw new StartException("Others may write to the data folder " + folder
                    + "; give one that belongs to the user who runs smapp, and that others can't write, with --data.");
        }
    }

    /**
     * Puts temporary files of Java and libraries into a folder here: /tmp may be full or read-only, and everybody may write
     * there.
     */
    void holdTemporaryFiles() throws StartException {
        Path temporary = file("tmp");
        try {
            Files.createDirectories(temporary);
        } catch (IOException e) {
            throw new StartException(
                    temporary + " can't be made (" + reason(e) + "); make room or remove what is there.", e);
        }
        System.setProperty("java.io.tmpdir", temporary.toString());
    }

    Path file(String name) {
        return folder.resolve(name);
    }

    private static DataFolder lock(Path folder) throws IOException, StartException {
        Path file = folder.resolve("lock");
        if (Files.exists(file, LinkOption.NOFOLLOW_LINKS) && !isForOwnerAlone(file)) {
            WholeFile.write(file, new byte[0]); // of an earlier version: whoever may read it may hold a lock on it
        }
        FileChannel channel = FileChannel.open(
                file,
                Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS),
                PosixFilePermissions.asFileAttribute(OWNER_ALONE));
        if (!isLocked(channel)) {
            channel.close();
            throw new StartException("Another smapp is running with the data folder " + folder
                    + "; stop it, or give this one a folder of its own with --data.");
        }
        return new DataFolder(folder, channel);
    }

    private static boolean isForOwnerAlone(Path file) throws IOException {
        PosixFileAttributes attributes =
                Files.readAttributes(file, PosixFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        return attributes.isRegularFile() && OWNER_ALONE.containsAll(attributes.permissions());
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
