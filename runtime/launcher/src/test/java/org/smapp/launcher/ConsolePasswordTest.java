package org.smapp.launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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
    void shouldMakeItAnewIfADiskThatWasFullLeftAnEmptyFile() throws IOException, StartException {
        Path file = Files.createFile(folder.resolve("console-password"));

        ConsolePassword made = ConsolePassword.keptIn(file);

        assertEquals(made.hash(), ConsolePassword.hash(made.fresh().orElseThrow()));
        assertEquals(made.hash(), Files.readString(file).strip());
    }

    @ParameterizedTest
    @ValueSource(strings = {"\n", "admin", "{sha-256}", "{sha-256}jGl25bVBBBW96Qi9Te4V37Fnqchz"})
    void shouldRefuseWhatIsNoHash(String content) throws IOException {
        Path file = Files.writeString(folder.resolve("console-password"), content);

        StartException e = assertThrows(StartException.class, () -> ConsolePassword.keptIn(file));

        assertTrue(e.getMessage().contains("remove it for a new password"), e.getMessage());
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
