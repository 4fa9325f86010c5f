package org.smapp.control;

import java.io.BufferedReader;
import java.io.Closeable;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** A blocking client; the tests' time-outs bound its waits. */
final class TestClient implements Closeable {

    private final SocketChannel channel;
    private final BufferedReader lines;

    TestClient(Path socket) throws IOException {
        channel = SocketChannel.open(UnixDomainSocketAddress.of(socket));
        lines = new BufferedReader(Channels.newReader(channel, StandardCharsets.UTF_8));
    }

    TestClient send(String text) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
        return this;
    }

    String ask(String request) throws IOException {
        return send(request + "\n").line();
    }

    /** Waits until an answer has begun. */
    void begin() throws IOException {
        lines.mark(1);
        lines.read();
        lines.reset();
    }

    /** Returns the next line, or null at the end. */
    String line() throws IOException {
        return lines.readLine();
    }

    void endOfRequests() throws IOException {
        channel.shutdownOutput();
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
