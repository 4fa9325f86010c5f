package org.smapp.testkit.gateway;

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
import org.smapp.testkit.lab.LabException;

@Timeout(30)
class ControlSocketTest {

    @TempDir
    private Path directory;

    @Test
    void shouldAskWithOneLineAndReadOne() throws Exception {
        try (ServerSocketChannel server = listen()) {
            CompletableFuture<String> asked =
                    answer(server, "[{\"name\":\"fullmesh\",\"connections\":7,\"quarantined\":\"It threw.\"}]\n");
            Shown.Controller controller = control().controller("fullmesh").orElseThrow();

            assertEquals(7, controller.connections());
            assertEquals("It threw.", controller.quarantined());
            assertEquals("{\"op\":\"controllers\"}", asked.get(5, TimeUnit.SECONDS));
        }
    }

    @Test
    void shouldPassOnWhatTheDaemonRefuses() throws Exception {
        try (ServerSocketChannel server = listen()) {
            CompletableFuture<String> asked = answer(server, "{\"error\":\"No.\"}\n");
            LabException e = assertThrows(LabException.class, control()::connections);

            assertTrue(e.getMessage().contains("No."), e.getMessage());
            asked.get(5, TimeUnit.SECONDS);
        }
    }

    @Test
    void shouldRememberEvents() throws Exception {
        try (ServerSocketChannel server = listen()) {
            CompletableFuture<String> asked =
                    answer(server, "{\"topic\":\"RECOVERED\"}\n{\"topic\":\"LISTENER_CREATED\",\"localPort\":80}\n");
            try (EventLog events = control().events(event -> {})) {
                JsonObject listener =
                        events.await("a listener", 0, Duration.ofSeconds(5), event -> event.has("localPort"));

                assertEquals(80, listener.get("localPort").getAsInt());
                assertEquals(2, events.size());
                assertEquals(
                        0,
                        events.since(
                                1, event -> event.get("topic").getAsString().equals("RECOVERED")));
            }
            assertEquals("{\"op\":\"events\"}", asked.get(5, TimeUnit.SECONDS));
        }
    }

    @Test
    void shouldReadAConnectionWithItsSubflows() throws Exception {
        try (ServerSocketChannel server = listen()) {
            CompletableFuture<String> asked = answer(server, """
                    [{"token":4225463141,"side":"CLIENT","controller":"fullmesh","remote":{"address":"10.71.9.1","port":80},
                      "of a later version":1,"remoteAddresses":[{"id":1,"address":"10.71.9.3","port":0}],
                      "subflows":[
                        {"localAddress":"10.71.1.2","localPort":4,"remoteAddress":"10.71.9.1","remotePort":80,
                         "localId":0,"remoteId":0,"state":"ESTABLISHED","backup":true,"interface":"wan1"},
                        {"localAddress":"10.71.2.2","localPort":5,"state":"CREATED"}]}]
                    """.replace("\n", "") + "\n");
            Shown.Connection connection = control().connection(0xfbdb7365L).orElseThrow();

            assertEquals("fbdb7365", connection.hexToken());
            assertEquals(new Shown.End("10.71.9.1", 80), connection.remote());
            assertEquals(List.of(new Shown.RemoteAddress(1, "10.71.9.3", 0)), connection.remoteAddresses());
            Shown.Subflow established =
                    new Shown.Subflow("10.71.1.2", 4, "10.71.9.1", 80, 0, 0, "ESTABLISHED", true, "wan1");
            assertEquals(List.of(established), connection.established());
            assertEquals("10.71.1.2:4 10.71.9.1:80", established.ends());
            asked.get(5, TimeUnit.SECONDS);
        }
    }

    private ControlSocket control() {
        return new ControlSocket(path());
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
