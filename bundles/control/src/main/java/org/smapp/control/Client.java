package org.smapp.control;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;

/**
 * One client: lines from it, lines to it. It has at most one answer under way; what it asks meanwhile stays in a buffer of fixed
 * size and then in its socket. For the server's thread only.
 */
final class Client implements Closeable {

    static final int MAX_REQUEST_BYTES = 16 * 1024;

    private static final int SLICE_BYTES = 64 * 1024;
    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    private final SocketChannel channel;
    private final SelectionKey key;
    private final Peer peer;
    private final ByteBuffer in = ByteBuffer.allocate(MAX_REQUEST_BYTES);
    private ByteBuffer out = NOTHING;
    private boolean ended;
    private boolean answerPending;
    private EventQueue events;

    Client(SocketChannel channel, SelectionKey key, Peer peer) {
        this.channel = channel;
        this.key = key;
        this.peer = peer;
    }

    Peer peer() {
        return peer;
    }

    /** Returns the events that it follows, or null. */
    EventQueue events() {
        return events;
    }

    void follow(EventQueue queue) {
        events = queue;
    }

    /** Says that an answer comes later. */
    void expectAnswer() {
        answerPending = true;
    }

    void send(byte[] line) {
        answerPending = false;
        out = ByteBuffer.wrap(line);
    }

    /** Sends the last line that this client gets. */
    void sendLast(byte[] line) {
        send(line);
        in.clear();
        ended = true;
    }

    void read() throws IOException {
        if (channel.read(in) < 0) {
            ended = true;
        }
        if (events != null) {
            in.clear(); // whoever follows the events has nothing more to say
        }
    }

    /** Returns the next request, or null when there is none yet or its turn has not come. */
    String nextRequest() throws BadRequest {
        if (answerPending || out.hasRemaining() || events != null) {
            return null;
        }
        in.flip();
        int end = 0;
        while (end < in.limit() && in.get(end) != '\n') {
            end++;
        }
        boolean whole = end < in.limit() || ended && end > 0;
        if (!whole) {
            in.compact();
            if (!in.hasRemaining()) {
                throw new BadRequest("The request is longer than " + MAX_REQUEST_BYTES + " bytes.");
            }
            return null;
        }
        String line = new String(in.array(), 0, end, StandardCharsets.UTF_8);
        in.position(Math.min(end + 1, in.limit()));
        in.compact();
        return line;
    }

    /** Writes what there is to write, events too, until the socket takes no more. */
    void write() throws IOException {
        while (writeOut() && events != null) {
            byte[] line = events.poll();
            if (line == null) {
                return;
            }
            out = ByteBuffer.wrap(line);
        }
    }

    private boolean writeOut() throws IOException {
        int end = out.limit();
        while (out.hasRemaining()) {
            // The JDK copies all that a buffer has left, at each call: hand it over in slices.
            out.limit(Math.min(end, out.position() + SLICE_BYTES));
            int written = channel.write(out);
            out.limit(end);
            if (written == 0) {
                return false;
            }
        }
        out = NOTHING;
        return true;
    }

    /** Returns whether nothing more will come from it or go to it. */
    boolean isFinished() {
        return ended && (events != null || !answerPending && !out.hasRemaining() && in.position() == 0);
    }

    /** Waits for what can happen next. */
    void await() {
        int read = !ended && in.hasRemaining() ? SelectionKey.OP_READ : 0;
        int write = out.hasRemaining() ? SelectionKey.OP_WRITE : 0;
        key.interestOps(read | write);
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
