package org.smapp.walkthrough;

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
import java.util.ArrayList;
import java.util.List;

/** Asks the daemon: one line of JSON there, one line back. Thread-safe. */
final class ControlSocket {

    private final Path path;

    ControlSocket(Path path) {
        this.path = path;
    }

    Path path() {
        return path;
    }

    /** Asks {@code operation} and returns the answer, an array of objects. */
    List<JsonObject> list(String operation) {
        try (SocketChannel channel = send(operation);
                BufferedReader reader = reader(channel)) {
            JsonElement answer = JsonParser.parseString(reader.readLine());
            if (!answer.isJsonArray()) {
                throw new StepFailed("SMAPP doesn't answer '" + operation + "': " + answer);
            }
            List<JsonObject> objects = new ArrayList<>();
            answer.getAsJsonArray().forEach(element -> objects.add(element.getAsJsonObject()));
            return objects;
        } catch (IOException e) {
            throw new StepFailed("SMAPP doesn't answer '" + operation + "' on " + path + ": " + e.getMessage(), e);
        }
    }

    /** Asks {@code operation} and returns the channel that its lines come from. */
    SocketChannel send(String operation) throws IOException {
        SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(path));
        String request = "{\"op\":\"" + operation + "\"}\n";
        channel.write(ByteBuffer.wrap(request.getBytes(StandardCharsets.UTF_8)));
        return channel;
    }

    static BufferedReader reader(SocketChannel channel) {
        return new BufferedReader(Channels.newReader(channel, StandardCharsets.UTF_8));
    }
}
