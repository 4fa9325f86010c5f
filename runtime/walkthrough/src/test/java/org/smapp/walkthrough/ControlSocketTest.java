package org.smapp.walkthrough;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
class ControlSocketTest {

    @TempDir
    private Path directory;

    @Test
    void shouldAskWithOneLineAndReadOne() throws Exception {
        try (ServerSocketChannel server = listen()) {
            CompletableFuture<String> asked = answer(server, "[{\"name\":\"fullmesh\"}]\n");
            List<JsonObject> controllers = new ControlSocket(path()).list("controllers");

            assertEquals("fullmesh", EventText.text(controllers.get(0), "name"));
            assertEquals("{\"op\":\"controllers\"}", asked.get(5, TimeUnit.SECONDS));
        }
    }

    @Test
    void shouldPassOnWhatTheDaemonRefuses() throws Exception {
        try (ServerSocketChannel server = listen()) {
            CompletableFuture<String> asked = answer(server, "{\"error\":\"No.\"}\n");
            StepFailed e = assertThrows(StepFailed.class, () -> new ControlSocket(path()).list("connections"));

            assertTrue(e.getMessage().contains("No."), e.getMessage());
            asked.get(5, TimeUnit.SECONDS);
        }
    }

    @Test
    void shouldRememberEvents() throws Exception {
        try (ServerSocketChannel server = listen()) {
            CompletableFuture<String> asked =
                    answer(server, "{\"topic\":\"RECOVERED\"}\n{\"topic\":\"LISTENER_CREATED\",\"localPort\":80}\n");
            try (EventLog events = new EventLog(new ControlSocket(path()), event -> {})) {
                JsonObject listener =
                        events.await("a listener", 0, Duration.ofSeconds(5), event -> event.has("localPort"));

                assertEquals("80", EventText.text(listener, "localPort"));
                assertEquals(2, events.size());
                assertEquals(0, events.since(1, event -> EventText.topic(event).equals("RECOVERED")));
            }
            assertEquals("{\"op\":\"events\"}", asked.get(5, TimeUnit.SECONDS));
        }
    }

    private Path path() {
        return directory.resolve("control.sock");
    }

    private ServerSocketChannel listen() throws IOException {
        ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        return server.bind(UnixDomainSocketAddress.of(path()));
    }

    /** Answers one client and returns what it asked. */
    private static CompletableFuture<String> answer(ServerSocketChannel server, String answer) {
        return CompletableFuture.supplyAsync(() -> {
            try (SocketChannel client = server.accept()) {
                String asked = ControlSocket.reader(client).readLine();
                client.write(ByteBuffer.wrap(answer.getBytes(StandardCharsets.UTF_8)));
                return asked;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }
}
