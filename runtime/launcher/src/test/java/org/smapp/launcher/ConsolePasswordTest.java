package org.smapp.launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ConsolePasswordTest {

    @TempDir
    private Path folder;

    @Test
    void shouldMakeOneAtTheFirstStartAndKeepOnlyItsHash() throws IOException, StartException {
        Path file = folder.resolve("console-password");

        ConsolePassword made = ConsolePassword.keptIn(file);

        String password = made.fresh().orElseThrow();
        assertTrue(password.matches("([a-z2-9]{5}-){3}[a-z2-9]{5}"), password);
        assertEquals(ConsolePassword.hash(password), made.hash());
        assertFalse(Files.readString(file).contains(password));
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
    }

    @Test
    void shouldKeepItAtTheNextStart() throws StartException {
        Path file = folder.resolve("console-password");
        ConsolePassword made = ConsolePassword.keptIn(file);

        ConsolePassword kept = ConsolePassword.keptIn(file);

        assertEquals(Optional.empty(), kept.fresh());
        assertEquals(made.hash(), kept.hash());
    }

    @Test
    void shouldMakeAnotherOneEachTime() throws StartException {
        assertNotEquals(
                ConsolePassword.keptIn(folder.resolve("a")).hash(),
                ConsolePassword.keptIn(folder.resolve("b")).hash());
    }

    @Test
    void shouldHashAsTheWebConsoleDoes() {
        // printf admin | openssl dgst -sha256 -binary | base64
        assertEquals("{sha-256}jGl25bVBBBW96Qi9Te4V37Fnqchz/Eu4qB9vKrRIqRg=", ConsolePassword.hash("admin"));
    }
}
