package org.smapp.control;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(10)
class SocketFileTest {

    @TempDir
    Path folder;

    private Path path;

    @BeforeEach
    void setUp() {
        path = folder.resolve("var/control.sock");
    }

    @Test
    void shouldBeForOwnerAndGroupOnly() throws IOException {
        try (SocketFile socket = SocketFile.open(path)) {
            assertEquals("rw-rw----", PosixFilePermissions.toString(Files.getPosixFilePermissions(path)));
            assertEquals(Files.getOwner(folder), socket.owner());
            assertEquals(List.of("control.sock"), names(path.getParent()));
        }
    }

    @Test
    void shouldLeaveFilesOfSimilarNamesAlone() throws IOException {
        Files.createDirectories(path.getParent());
        List<String> others = List.of("control.soc~", "control.sock~", "control.sock.new", ".control.sock");
        for (String other : others) {
            Files.writeString(path.resolveSibling(other), other);
        }

        SocketFile.open(path).close();

        for (String other : others) {
            assertEquals(other, Files.readString(path.resolveSibling(other)));
        }
        assertEquals(others.size(), names(path.getParent()).size());
    }

    private static List<String> names(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(each -> each.getFileName().toString()).toList();
        }
    }

    @Test
    void shouldDisappearWhenClosed() throws IOException {
        SocketFile.open(path).close();

        assertFalse(Files.exists(path));
    }

    @Test
    void shouldReplaceTheSocketOfADeadDaemon() throws IOException {
        Files.createDirectories(path.getParent());
        try (ServerSocketChannel dead = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            dead.bind(UnixDomainSocketAddress.of(path));
        }
        assertTrue(Files.exists(path));

        try (SocketFile socket = SocketFile.open(path);
                SocketChannel client = SocketChannel.open(UnixDomainSocketAddress.of(path));
                SocketChannel accepted = socket.channel().accept()) {
            assertTrue(client.isConnected() && accepted.isConnected());
        }
    }

    @Test
    void shouldLeaveTheSocketOfALivingDaemonAlone() throws IOException {
        try (SocketFile living = SocketFile.open(path)) {
            IOException refused = assertThrows(IOException.class, () -> SocketFile.open(path));

            assertTrue(refused.getMessage().startsWith("Another daemon answers at " + path), refused.getMessage());
            assertTrue(Files.exists(path));
            assertTrue(living.channel().isOpen());
        }
    }

    @Test
    void shouldNotReplaceAFile() throws IOException {
        Files.createDirectories(path.getParent());
        Files.writeString(path, "precious");

        IOException refused = assertThrows(IOException.class, () -> SocketFile.open(path));

        assertTrue(refused.getMessage().contains("is not a socket"), refused.getMessage());
        assertEquals("precious", Files.readString(path));
    }

    @Test
    void shouldLeaveAFileThatIsSomebodyElsesByNow() throws IOException {
        SocketFile socket = SocketFile.open(path);
        Files.writeString(folder.resolve("other"), "other");
        Files.delete(path);
        Files.move(folder.resolve("other"), path);

        socket.close();

        assertEquals("other", Files.readString(path));
    }

    @Test
    void shouldSayThatThePathIsTooLong() {
        Path tooLong = folder.resolve("x".repeat(100));

        IOException refused = assertThrows(IOException.class, () -> SocketFile.open(tooLong));

        assertTrue(refused.getMessage().contains("longer than the 107 bytes"), refused.getMessage());
    }

    @Test
    void shouldSayWhyTheSocketCouldNotBeMade() throws IOException {
        Files.writeString(folder.resolve("var"), "no folder");

        IOException refused = assertThrows(IOException.class, () -> SocketFile.open(path));

        assertTrue(refused.getMessage().contains("could not be made"), refused.getMessage());
    }
}
