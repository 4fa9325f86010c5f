package org.smapp.netlink;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.smapp.linux.Errno;
import org.smapp.linux.LinuxException;
import org.smapp.linux.Pollable;
import org.smapp.linux.Poller;

class NetlinkRequesterTest {

    private static final int ENTRY = 100;
    private static final int MULTI = MessageFlags.MULTIPART;

    private final ScriptedSocket socket = new ScriptedSocket();
    private final MessageWriter request = new MessageWriter();
    private final List<Integer> seen = new ArrayList<>();
    private final List<Integer> begins = new ArrayList<>();
    private long nanos;
    private Runnable whileWaiting = () -> {};
    private NetlinkRequester requester;

    private final MessageSink sink = new MessageSink() {
        @Override
        public void begin() {
            begins.add(seen.size());
            seen.clear();
        }

        @Override
        public void accept(MessageReader message) {
            seen.add(message.genlCommand());
        }
    };

    @BeforeEach
    void open() throws LinuxException {
        requester = new NetlinkRequester(socket, new WaitingPoller(), () -> nanos);
        request.begin(28, 0, 0).genl(6, 1);
    }

    @Test
    void asksForExplainedAndShortErrors() {
        assertEquals(List.of(11, 10), socket.options);
    }

    @Test
    void acknowledgementEndsTheRequest() throws Exception {
        socket.onRequest(sequence -> socket.datagram(error(sequence, 0)));

        assertEquals(0, requester.request(request));
        assertSame(NetlinkError.NONE, requester.lastError());
        assertEquals(List.of(0x5), socket.flagsSent);
    }

    @Test
    void errorComesWithItsDetails() throws Exception {
        socket.onRequest(sequence -> {
            MessageWriter answer = new MessageWriter();
            answer.begin(MessageType.ERROR, MessageFlags.CAPPED | MessageFlags.ERROR_ATTRIBUTES, sequence);
            answer.rawU32(-22).rawZeros(16).string(1, "invalid token").u32(2, 56);
            socket.datagram(answer);
        });

        assertEquals(Errno.EINVAL, requester.request(request));
        assertEquals(new NetlinkError(22, "invalid token", 56, -1), requester.lastError());
    }

    @Test
    void answerBeforeTheAcknowledgementGoesToTheSink() throws Exception {
        socket.onRequest(sequence -> {
            socket.datagram(entry(sequence, 0, 6));
            socket.datagram(error(sequence, 0));
        });

        assertEquals(0, requester.request(request, sink));
        assertEquals(List.of(6), seen);
    }

    @Test
    void answersToOlderRequestsAreSkipped() throws Exception {
        socket.onRequest(sequence -> {
            socket.datagram(entry(sequence - 1, 0, 5));
            socket.datagram(error(sequence - 1, -1));
            socket.datagram(error(0, -1));
            socket.datagram(error(sequence, 0));
        });

        assertEquals(0, requester.request(request, sink));
        assertEquals(List.of(), seen);
    }

    @Test
    void overrunMakesTheOutcomeUnknown() throws Exception {
        socket.onRequest(sequence -> {
            socket.overrun();
            socket.datagram(entry(sequence, 0, 5));
        });

        assertEquals(NetlinkRequester.UNKNOWN, requester.request(request, sink));
        assertEquals(Errno.ENOBUFS, requester.lastError().errno());
        assertEquals(List.of(), seen, "what was left is thrown away");
    }

    @Test
    void silenceMakesTheOutcomeUnknown() throws Exception {
        assertEquals(NetlinkRequester.UNKNOWN, requester.request(request));
        assertEquals(new NetlinkError(Errno.ETIMEDOUT, "no answer within 5000 ms", -1, -1), requester.lastError());
        assertEquals(5_000_000_000L, nanos);
    }

    @Test
    void lateAnswerIsWaitedFor() throws Exception {
        int[] sent = new int[1];
        socket.onRequest(sequence -> sent[0] = sequence);
        whileWaiting = () -> {
            nanos -= 4_000_000_000L; // an early end of the wait
            socket.datagram(error(sent[0], 0));
        };

        assertEquals(0, requester.request(request));
    }

    @Test
    void dumpTakesSeveralDatagrams() throws Exception {
        socket.onRequest(sequence -> {
            MessageWriter two = entry(sequence, MULTI, 1);
            two.beginAnother(ENTRY, MULTI, sequence, 1).genl(2, 1);
            socket.datagram(two);
            socket.datagram(entry(sequence, MULTI, 3));
            socket.datagram(done(sequence, 0, 0));
        });

        assertEquals(0, requester.dump(request, sink));
        assertEquals(List.of(1, 2, 3), seen);
        assertEquals(List.of(0x301), socket.flagsSent);
    }

    @Test
    void errorAtTheEndOfADumpIsAnError() throws Exception {
        socket.onRequest(sequence -> socket.datagram(done(sequence, 0, -22)));

        assertEquals(Errno.EINVAL, requester.dump(request, sink));
    }

    @Test
    void interruptedDumpIsTriedAgain() throws Exception {
        socket.onRequest(sequence -> {
            socket.datagram(entry(sequence, MULTI | MessageFlags.DUMP_INTERRUPTED, 1));
            socket.datagram(done(sequence, 0, 0));
        });
        socket.onRequest(sequence -> {
            socket.datagram(entry(sequence, MULTI, 2));
            socket.datagram(done(sequence, 0, 0));
        });

        assertEquals(0, requester.dump(request, sink));
        assertEquals(List.of(2), seen);
        assertEquals(List.of(0, 1), begins);
    }

    @Test
    void dumpThatIsInterruptedEachTimeSaysSo() throws Exception {
        for (int i = 0; i < 5; i++) {
            socket.onRequest(sequence -> socket.datagram(done(sequence, MessageFlags.DUMP_INTERRUPTED, 0)));
        }

        assertEquals(NetlinkRequester.INTERRUPTED, requester.dump(request, sink));
        assertEquals(5, begins.size());
    }

    private static MessageWriter entry(int sequence, int flags, int command) {
        return new MessageWriter().begin(ENTRY, flags, sequence).genl(command, 1);
    }

    private static MessageWriter error(int sequence, int code) {
        return new MessageWriter()
                .begin(MessageType.ERROR, MessageFlags.CAPPED, sequence)
                .rawU32(code)
                .rawZeros(16);
    }

    private static MessageWriter done(int sequence, int flags, int code) {
        return new MessageWriter()
                .begin(MessageType.DONE, MULTI | flags, sequence)
                .rawU32(code);
    }

    /** Time passes only here. */
    private final class WaitingPoller implements Poller {
        @Override
        public void add(Pollable pollable) {}

        @Override
        public void remove(Pollable pollable) {}

        @Override
        public int await(long timeoutNanos) {
            nanos += timeoutNanos;
            whileWaiting.run();
            return 0;
        }

        @Override
        public boolean isReadable(Pollable pollable) {
            return false;
        }

        @Override
        public void wakeUp() {}

        @Override
        public void close() {}
    }
}
