package org.smapp.testkit.kernel;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.smapp.linux.Errno;
import org.smapp.netlink.MessageFlags;
import org.smapp.netlink.MessageReader;
import org.smapp.netlink.MessageType;
import org.smapp.netlink.MessageWriter;

/**
 * Writes what one request gets back. A dump goes out in several datagrams, so that clients meet that too.
 *
 * <pre>
 * acknowledgement  ERROR {s32 0, the request's header}, flag CAPPED
 * error            ERROR {s32 -errno, the request, or with NETLINK_CAP_ACK its header}, with NETLINK_EXT_ACK [MSG, OFFS, MISS_TYPE]
 * end of a dump    DONE {s32 0 or -errno}, with NETLINK_EXT_ACK [the same]
 * </pre>
 */
final class Answers {

    private static final int NETLINK_CAP_ACK = 10;
    private static final int NETLINK_EXT_ACK = 11;
    private static final int ATTRIBUTE_TEXT = 1;
    private static final int ATTRIBUTE_OFFSET = 2;
    private static final int ATTRIBUTE_MISSING = 5;
    private static final int MESSAGES_IN_A_DATAGRAM = 2;
    private static final int CAPACITY_BYTES = 1 << 13;
    private static final int PORT_AT = 12;

    private final FakeSocket socket;
    private final MessageReader request;
    private final List<Consumer<MessageWriter>> bodies = new ArrayList<>();
    private final List<Integer> types = new ArrayList<>();

    Answers(FakeSocket socket, MessageReader request) {
        this.socket = socket;
        this.request = request;
    }

    boolean isDump() {
        return (request.flags() & MessageFlags.DUMP) == MessageFlags.DUMP;
    }

    /** Adds a message; {@code body} writes what follows the netlink header. */
    void add(int type, Consumer<MessageWriter> body) {
        types.add(type);
        bodies.add(body);
    }

    /** Sends the messages, and that all went well. */
    void succeed() {
        int inOne = isDump() ? MESSAGES_IN_A_DATAGRAM : 1;
        for (int from = 0; from < bodies.size(); from += inOne) {
            send(from, Math.min(from + inOne, bodies.size()));
        }
        if (isDump()) {
            end(MessageType.DONE, null);
        } else if ((request.flags() & MessageFlags.ACKNOWLEDGE) != 0) {
            end(MessageType.ERROR, null);
        }
    }

    private void send(int from, int to) {
        MessageWriter writer = new MessageWriter(CAPACITY_BYTES);
        int flags = isDump() ? MessageFlags.MULTIPART : 0;
        writer.begin(types.get(from), flags, request.sequence());
        bodies.get(from).accept(writer);
        for (int i = from + 1; i < to; i++) {
            writer.beginAnother(types.get(i), flags, request.sequence(), socket.portId());
            bodies.get(i).accept(writer);
        }
        deliver(writer);
    }

    /** Sends that it is refused: a dump that has begun says so where it ends. */
    void refuse(Refusal refusal) {
        boolean begun = isDump() && refusal.errno != Errno.EOPNOTSUPP && refusal.errno != Errno.EPERM;
        end(begun ? MessageType.DONE : MessageType.ERROR, refusal);
    }

    private void end(int type, Refusal refusal) {
        boolean capped = refusal == null || socket.isEnabled(NETLINK_CAP_ACK);
        boolean explained = refusal != null
                && socket.isEnabled(NETLINK_EXT_ACK)
                && (!refusal.text.isEmpty() || refusal.missing >= 0);
        int flags = type == MessageType.DONE ? MessageFlags.MULTIPART : capped ? MessageFlags.CAPPED : 0;
        MessageWriter writer = new MessageWriter(CAPACITY_BYTES);
        writer.begin(type, flags | (explained ? MessageFlags.ERROR_ATTRIBUTES : 0), request.sequence());
        writer.rawU32(refusal == null ? 0 : -refusal.errno);
        if (type == MessageType.ERROR) {
            writer.rawBytes(requestBytes(capped)).pad();
        }
        if (explained) {
            explain(writer, refusal);
        }
        deliver(writer);
    }

    private byte[] requestBytes(boolean headerOnly) {
        byte[] bytes = new byte[MessageReader.HEADER_BYTES + (headerOnly ? 0 : request.payloadLength())];
        request.buffer().get(request.payloadStart() - MessageReader.HEADER_BYTES, bytes);
        return bytes;
    }

    private static void explain(MessageWriter writer, Refusal refusal) {
        if (!refusal.text.isEmpty()) {
            writer.string(ATTRIBUTE_TEXT, refusal.text);
        }
        if (refusal.offset >= 0) {
            writer.u32(ATTRIBUTE_OFFSET, refusal.offset);
        }
        if (refusal.missing >= 0) {
            writer.u32(ATTRIBUTE_MISSING, refusal.missing);
        }
    }

    private void deliver(MessageWriter writer) {
        ByteBuffer datagram = writer.finish();
        datagram.putInt(PORT_AT, socket.portId());
        byte[] bytes = new byte[datagram.remaining()];
        datagram.get(bytes);
        if (isDump()) {
            socket.deliverInTurn(bytes);
        } else {
            socket.deliver(bytes);
        }
    }
}
