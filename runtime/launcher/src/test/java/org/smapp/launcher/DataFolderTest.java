package org.smapp.launcher;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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
