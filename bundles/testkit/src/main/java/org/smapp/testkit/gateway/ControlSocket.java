package org.smapp.testkit.gateway;

import com.google.gson.Gson;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.smapp.testkit.lab.LabException;

/**
 * Asks a running SMAPP: one line of JSON there, one line back. Every method throws {@link LabException} if SMAPP doesn't answer
 * or refuses. Thread-safe.
 */
public final class ControlSocket {

    private static final Gson GSON = new Gson();

    private final Path path;

    public ControlSocket(Path path) {
        this.path = path;
    }

    /** Returns the file of the socket. */
    public Path path() {
        return path;
    }

    /** Returns all connections. */
    public List<Shown.Connection> connections() {
        return List.of(GSON.fromJson(ask("connections"), Shown.Connection[].class));
    }

    /** Returns the connection with this token, if SMAPP knows it. */
    public Optional<Shown.Connection> connection(long token) {
        return connections().stream().filter(each -> each.token() == token).findFirst();
    }

    /** Returns all controllers that are installed. */
    public List<Shown.Controller> controllers() {
        return List.of(GSON.fromJson(ask("controllers"), Shown.Controller[].class));
    }

    /** Returns the controller of this name, if it is installed. */
    public Optional<Shown.Controller> controller(String name) {
        return controllers().stream().filter(each -> each.name().equals(name)).findFirst();
    }

    /** Returns how SMAPP is doing. */
    public JsonObject health() {
        return ask("health").getAsJsonObject();
    }

    /** Follows the events; {@code listener} hears of each on a thread of the log's own. */
    public EventLog events(Consumer<JsonObject> listener) {
        return new EventLog(this, listener);
    }

    /** Returns the answer to an operation that needs no further fields, such as {@code journal}. */
    public JsonElement ask(String operation) {
        return ask(request(operation));
    }

    /** Returns the answer to a request, which has the operation's name in its field {@code op}. */
    public JsonElement ask(JsonObject request) {
        try (SocketChannel channel = send(request);
                BufferedReader reader = reader(channel)) {
            String line = reader.readLine();
            if (line == null) {
                throw new IOException("it hung up");
            }
            JsonElement answer = JsonParser.parseString(line);
            if (answer.isJsonObject() && answer.getAsJsonObject().has("error")) {
                throw new LabException("SMAPP refuses " + request + ": "
                        + answer.getAsJsonObject().get("error").getAsString());
            }
            return answer;
        } catch (IOException e) {
            throw new LabException("SMAPP doesn't answer " + request + " on " + path + ": " + e.getMessage(), e);
        }
    }

    static JsonObject request(String operation) {
        JsonObject request = new JsonObject();
        request.addProperty("op", operation);
        return request;
    }

    /** Sends a request and returns the channel that its lines come from. */
    SocketChannel send(JsonObject request) throws IOException {
        SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(path));
        channel.write(ByteBuffer.wrap((request + "\n").getBytes(StandardCharsets.UTF_8)));
        return channel;
    }

    static BufferedReader reader(SocketChannel channel) {
        return new BufferedReader(Channels.newReader(channel, StandardCharsets.UTF_8));
    }
}
