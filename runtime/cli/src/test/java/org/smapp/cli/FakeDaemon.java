package org.smapp.cli;

import java.io.BufferedReader;
import java.io.Closeable;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Answers requests with lines that the test laid out, one client after the other, and hangs up when it has no answer. */
final class FakeDaemon implements Closeable {

    final List<String> requests = Collections.synchronizedList(new ArrayList<>());

    private final Map<String, String> answers = Collections.synchronizedMap(new LinkedHashMap<>());
    private final ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    private final Thread thread = new Thread(this::serve, "fake-daemon");
    private volatile IOException failure;

    FakeDaemon(Path socket) throws IOException {
        server.bind(UnixDomainSocketAddress.of(socket));
        thread.start();
    }

    /** Answers each request that contains {@code part} with {@code lines}. */
    FakeDaemon answer(String part, String lines) {
        answers.put(part, lines);
        return this;
    }

    private void serve() {
        try {
            while (true) {
                try (SocketChannel client = server.accept()) {
                    serve(client);
                }
            }
        } catch (ClosedChannelException e) {
            requests.add("(closed)");
        } catch (IOException e) {
            failure = e;
        }
    }

    private void serve(SocketChannel client) throws IOException {
        BufferedReader lines = new BufferedReader(Channels.newReader(client, StandardCharsets.UTF_8));
        for (String request = lines.readLine(); request != null; request = lines.readLine()) {
            requests.add(request);
            String answer = find(request);
            if (answer == null) {
                return;
            }
            // In two pieces: a line need not come whole.
            byte[] bytes = (answer + "\n").getBytes(StandardCharsets.UTF_8);
            client.write(ByteBuffer.wrap(bytes, 0, bytes.length / 2));
            client.write(ByteBuffer.wrap(bytes, bytes.length / 2, bytes.length - bytes.length / 2));
            if (request.contains("\"events\"")) {
                return;
            }
        }
    }

    private String find(String request) {
        synchronized (answers) {
            return answers.entrySet().stream()
                    .filter(each -> request.contains(each.getKey()))
                    .map(Map.Entry::getValue)
                    .findFirst()
                    .orElse(null);
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
        try {
            thread.join(5000);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (failure != null) {
            throw failure;
        }
    }
}
