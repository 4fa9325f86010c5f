package org.smapp.control;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.function.LongSupplier;

/**
 * One client: lines from it, lines to it. It has at most one answer under way; what it asks meanwhile stays in a buffer of fixed
 * size and then in its socket. For the server's thread only.
 */
final class Client implements Closeable {

    static final int MAX_REQUEST_BYTES = 16 * 1024;

    private static final long SECOND = 1_000_000_000L;

    /** How long a client may stay without a whole request. */
    static final long IDLE_NANOS = 20 * SECOND;

    /** How long it may take nothing of its answer, and how long the whole answer may take. */
    static final long STANDSTILL_NANOS = 10 * SECOND;

    static final long ANSWER_NANOS = 60 * SECOND;

    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    private final SocketChannel channel;
    private final SelectionKey key;
    private final Peer peer;
    private final LongSupplier nanoClock;
    private final ByteBuffer in = ByteBuffer.allocate(MAX_REQUEST_BYTES);
    private ByteBuffer out = NOTHING;
    private Iterator<byte[]> parts = Collections.emptyIterator();
    private String putBack;
    private boolean longAnswer;
    private long since;
    private long progress;
    private boolean ended;
    private boolean answerPending;
    private EventQueue events;

    Client(SocketChannel channel, SelectionKey key, Peer peer, LongSupplier nanoClock) {
        this.channel = channel;
        this.key = key;
        this.peer = peer;
        this.nanoClock = nanoClock;
        since = nanoClock.getAsLong();
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

    /** Begins to send an answer; {@code isLong} if it counts among those of which only a few may be under way. */
    void send(Iterator<byte[]> answer, boolean isLong) {
        answerPending = false;
        parts = answer;
        longAnswer = isLong;
        since = nanoClock.getAsLong();
        progress = since;
    }

    void send(byte[] line) {
        send(List.of(line).iterator(), false);
    }

    /** Sends the last line that this client gets. */
    void sendLast(byte[] line) {
        send(line);
        putBack = null;
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
        if (answerPending || isSending() || events != null) {
            return null;
        }
        if (putBack != null) {
            String line = putBack;
            putBack = null;
            return line;
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

    /** Keeps a request until its turn comes: {@link #nextRequest} returns it again. */
    void putBack(String line) {
        putBack = line;
    }

    boolean isSending() {
        return out.hasRemaining() || parts.hasNext();
    }

    boolean isSendingLongAnswer() {
        return longAnswer && isSending();
    }

    /** Returns whether it could be disconnected without losing anything. */
    boolean isIdle() {
        return !answerPending && !isSending() && events == null && putBack == null;
    }

    /** Returns since when it has asked for nothing, or has been getting its answer. */
    long since() {
        return since;
    }

    /** Returns why it must be disconnected now, or an empty text. */
    String overstay() {
        long now = nanoClock.getAsLong();
        if (isIdle()) {
            return now - since > IDLE_NANOS ? "asked for nothing for " + IDLE_NANOS / SECOND + " s" : "";
        }
        if (!isSending() || events != null) {
            return "";
        }
        return now - progress > STANDSTILL_NANOS || now - since > ANSWER_NANOS ? "does not read its answer" : "";
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
        while (isSending()) {
            if (!out.hasRemaining()) {
                out = ByteBuffer.wrap(parts.next());
            }
            if (channel.write(out) == 0) {
                return false;
            }
            progress = nanoClock.getAsLong();
            since = isSending() ? since : progress;
        }
        out = NOTHING;
        return true;
    }

    /** Returns whether nothing more will come from it or go to it. */
    boolean isFinished() {
        return ended && (events != null || isIdle() && in.position() == 0);
    }

    /** Waits for what can happen next. */
    void await() {
        int read = !ended && in.hasRemaining() ? SelectionKey.OP_READ : 0;
        int write = isSending() ? SelectionKey.OP_WRITE : 0;
        key.interestOps(read | write);
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
