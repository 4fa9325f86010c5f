package org.smapp.launcher;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PreflightTest {

    @TempDir
    private Path folder;

    @Test
    void shouldFindNothingWrong() {
        assertDoesNotThrow(() -> Preflight.check(settings(folder, Optional.empty(), OptionalInt.empty())));
    }

    @Test
    void shouldSayWhatToDoWhenThePortIsTaken() throws IOException {
        try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            OptionalInt port = OptionalInt.of(other.getLocalPort());

            assertSentence(
                    settings(folder, Optional.empty(), port),
                    "Port " + other.getLocalPort() + " of 127.0.0.1 is taken",
                    "--http off");
        }
    }

    @Test
    void shouldSayThatTheNamespaceIsMissing() {
        Path netns = folder.resolve("gateway");

        assertSentence(settings(folder, Optional.of(netns), OptionalInt.empty()), netns.toString(), "ip netns list");
    }

    @Test
    void shouldSayThatAFolderIsMissing() {
        Path missing = folder.resolve("missing");

        assertSentence(settings(missing, Optional.empty(), OptionalInt.empty()), missing.toString(), "--config");
    }

    @Test
    void shouldSayThatTheSocketsNameIsTooLong() {
        Path control = folder.resolve("a".repeat(120));

        StartException e = assertThrows(StartException.class, () -> Preflight.checkControl(control));

        assertTrue(e.getMessage().contains("--control"), e.getMessage());
    }

    private static void assertSentence(Settings settings, String... parts) {
        StartException e = assertThrows(StartException.class, () -> Preflight.check(settings));
        for (String part : parts) {
            assertTrue(e.getMessage().contains(part), e.getMessage());
        }
    }

    private Settings settings(Path config, Optional<Path> netns, OptionalInt httpPort) {
        return new Settings(folder, config, folder, folder, folder.resolve("control.sock"), netns, httpPort);
    }
}
