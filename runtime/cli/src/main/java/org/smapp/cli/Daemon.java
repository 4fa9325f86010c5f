package org.smapp.cli;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** A daemon at the other end of its control socket: one line of JSON for each question. For one thread. */
final class Daemon implements AutoCloseable {

    private static final int PATIENCE_MS = 10_000;
    private static final int FOREVER = 0;

    private final Path path;
    private final SocketChannel channel;
    private final Selector selector;
    private final ByteBuffer in = ByteBuffer.allocate(64 * 1024).flip();

    private IOException notSent;

    private Daemon(Path path, SocketChannel channel, Selector selector) {
        this.path = path;
        this.channel = channel;
        this.selector = selector;
    }

    static Daemon at(Path path) throws Failure {
        try {
            SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
            channel.connect(UnixDomainSocketAddress.of(path));
            channel.configureBlocking(false);
            Selector selector = Selector.open();
            channel.register(selector, SelectionKey.OP_READ);
            return new Daemon(path, channel, selector);
        } catch (IOException e) {
            throw new Failure(nobody(path, e), e);
        }
    }

    private static String nobody(Path path, IOException why) {
        if (String.valueOf(why.getMessage()).contains("Permission denied")) {
            return "You may not use the control socket " + path
                    + ". Try it with sudo, or become a member of the group that it belongs to.";
        }
        return "No SMAPP daemon answers at " + path
                + ". Start it with \"smapp run\", or name its socket with --control.";
    }

    /** Begins a request. */
    static Map<String, Object> request(String operation) {
        Map<String, Object> request = new LinkedHashMap<>();
        request.put("op", operation);
        return request;
    }

    /**
     * Returns the answer to a request, on one line.
     *
     * @throws Failure with the daemon's sentence when it refuses
     */
    String ask(Map<String, Object> request) throws Failure {
        send(request);
        String line = line(PATIENCE_MS);
        if (line == null) {
            throw new Failure("The daemon at " + path + " hung up without an answer; its log says why.", notSent);
        }
        return line;
    }

    /** Asks for a stream. Read it with {@link #next}. */
    void send(Map<String, Object> request) throws Failure {
        ByteBuffer bytes = ByteBuffer.wrap((Json.write(request) + "\n").getBytes(StandardCharsets.UTF_8));
        try {
            channel.write(bytes); // far smaller than the empty buffer of a socket
        } catch (IOException e) {
            notSent = e; // a daemon that is full says so before it hangs up: read that first
        }
    }

    /** Waits for the next line; returns null when the daemon has ended. */
    String next() throws Failure {
        return line(FOREVER);
    }

    private String line(int patienceMs) throws Failure {
        ByteArrayOutputStream line = new ByteArrayOutputStream(1024);
        while (!takeLine(line)) {
            if (!fill(patienceMs)) {
                return null;
            }
        }
        String text = line.toString(StandardCharsets.UTF_8);
        if (text.startsWith("{\"error\":")) {
            throw new Failure(Json.object(text).text("error"));
        }
        return text;
    }

    private boolean takeLine(ByteArrayOutputStream line) {
        int start = in.position();
        int end = start;
        while (end < in.limit() && in.get(end) != '\n') {
            end++;
        }
        line.write(in.array(), start, end - start);
        boolean whole = end < in.limit();
        in.position(whole ? end + 1 : end);
        return whole;
    }

    private boolean fill(int patienceMs) throws Failure {
        try {
            if (selector.select(patienceMs) == 0) {
                throw new Failure("The daemon at " + path + " did not answer within " + patienceMs / 1000
                        + " s. It is busy or stuck; its log may say why.");
            }
            selector.selectedKeys().clear();
            in.clear();
            int read = channel.read(in);
            in.flip();
            return read >= 0;
        } catch (IOException e) {
            throw broken(e);
        }
    }

    private Failure broken(IOException e) {
        return new Failure("The connection to the daemon at " + path + " broke: " + e.getMessage() + ".", e);
    }

    @Override
    public void close() throws Failure {
        try {
            selector.close();
            channel.close();
        } catch (IOException e) {
            throw broken(e);
        }
    }
}
