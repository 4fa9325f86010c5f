package org.smapp.netlink;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.IntConsumer;
import org.smapp.linux.NetlinkSocket;

/** A netlink socket whose answers are written down before. */
final class ScriptedSocket implements NetlinkSocket {

    final List<Integer> options = new ArrayList<>();
    final List<Integer> flagsSent = new ArrayList<>();

    private final Deque<IntConsumer> script = new ArrayDeque<>();
    private final Deque<Object> queue = new ArrayDeque<>();

    /** On the next request: {@code answer} is given its sequence number and calls the methods below. */
    ScriptedSocket onRequest(IntConsumer answer) {
        script.add(answer);
        return this;
    }

    void datagram(MessageWriter message) {
        ByteBuffer bytes = message.finish();
        byte[] copy = new byte[bytes.remaining()];
        bytes.get(copy);
        queue.add(copy);
    }

    void overrun() {
        queue.add(OVERRUN);
    }

    @Override
    public int receive(ByteBuffer buffer) {
        Object next = queue.poll();
        if (next instanceof byte[] bytes) {
            buffer.clear().put(bytes).flip();
            return bytes.length;
        }
        return next == null ? NOTHING : (int) next;
    }

    @Override
    public void send(ByteBuffer datagram) {
        flagsSent.add((int) datagram.getShort(MessageReader.FLAGS_AT));
        IntConsumer answer = script.poll();
        if (answer != null) {
            answer.accept(datagram.getInt(MessageReader.SEQUENCE_AT));
        }
    }

    @Override
    public void join(int group) {}

    @Override
    public int receiveBuffer(int bytes) {
        return bytes;
    }

    @Override
    public void enable(int option) {
        options.add(option);
    }

    @Override
    public int portId() {
        return 1;
    }

    @Override
    public int descriptor() {
        return -1;
    }

    @Override
    public void close() {}
}
