package org.smapp.files;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class WholeFileTest {

    private static final byte[] NEW = "new".getBytes(StandardCharsets.UTF_8);

    @TempDir
    private Path folder;

    @Test
    void shouldBeForItsOwnerAloneEvenIfTheOldOneWasNot() throws IOException {
        Path file = Files.writeString(folder.resolve("a"), "old");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-rw-rw-"));

        WholeFile.write(file, NEW);

        assertEquals("new", Files.readString(file));
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
        assertEquals(List.of("a"), names());
    }

    @Test
    void shouldReplaceALinkAndLeaveAloneWhatItPointsAt() throws IOException {
        Path precious = Files.writeString(folder.resolve("precious"), "old");
        Path file = Files.createSymbolicLink(folder.resolve("a"), precious);

        WholeFile.write(file, NEW);

        assertEquals("old", Files.readString(precious));
        assertEquals("new", Files.readString(file));
    }

    @Test
    void shouldLeaveWhatWasThereIfItCannotBeWritten() throws IOException {
        Path file = Files.createDirectory(folder.resolve("a"));
        Files.writeString(file.resolve("b"), "old");

        assertThrows(IOException.class, () -> WholeFile.write(file, NEW));

        assertEquals("old", Files.readString(file.resolve("b")));
        assertEquals(List.of("a"), names());
    }

    private List<String> names() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(each -> each.getFileName().toString()).toList();
        }
    }
}
