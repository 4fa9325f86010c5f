package org.smapp.launcher;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DataFolderTest {

    @TempDir
    private Path parent;

    @Test
    void shouldBelongToOneProcessAtATime() throws IOException, StartException {
        Path folder = parent.resolve("data");
        try (DataFolder first = DataFolder.take(folder)) {
            assertTrue(Files.exists(first.file("lock")));

            StartException e = assertThrows(StartException.class, () -> DataFolder.take(folder));

            assertTrue(e.getMessage().contains("Another smapp"), e.getMessage());
        }
        assertDoesNotThrow(() -> DataFolder.take(folder).close());
    }

    @Test
    void shouldMakeALockFileThatNobodyElseCanLock() throws IOException, StartException {
        Path folder = Files.createDirectory(parent.resolve("data"));
        Path lock = Files.createFile(folder.resolve("lock"));
        Files.setPosixFilePermissions(lock, PosixFilePermissions.fromString("rw-r--r--"));
        try (FileChannel somebody = FileChannel.open(lock, StandardOpenOption.WRITE)) {
            assertNotNull(somebody.tryLock());

            DataFolder.take(folder).close();
        }
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(lock)));
    }

    @Test
    void shouldNotFollowALinkInPlaceOfTheLockFile() throws IOException, StartException {
        Path folder = Files.createDirectory(parent.resolve("data"));
        Path precious = Files.writeString(parent.resolve("precious"), "old");
        Files.createSymbolicLink(folder.resolve("lock"), precious);

        DataFolder.take(folder).close();

        assertEquals("old", Files.readString(precious));
    }

    @Test
    void shouldRefuseAFolderThatOthersCanWrite() throws IOException {
        Path folder = Files.createDirectory(parent.resolve("data"));
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxrwxrwx"));

        StartException e = assertThrows(StartException.class, () -> DataFolder.take(folder));

        assertTrue(e.getMessage().startsWith("Others may write to the data folder " + folder), e.getMessage());
    }

    @Test
    void shouldSayThatItCannotBeWritten() throws IOException {
        Path file = Files.createFile(parent.resolve("file"));

        StartException e = assertThrows(StartException.class, () -> DataFolder.take(file.resolve("data")));

        assertTrue(e.getMessage().contains("--data"), e.getMessage());
    }

    @Test
    void shouldBeInTheDistributionIfThatCanBeWritten() {
        assertEquals(parent.resolve("var"), Distribution.defaultData(parent, Map.of()));
    }
}
