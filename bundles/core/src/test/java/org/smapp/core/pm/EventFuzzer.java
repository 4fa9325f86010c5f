package org.smapp.core.pm;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.SplittableRandom;
import org.smapp.api.event.Event;
import org.smapp.core.family.upstream.EventLine;
import org.smapp.core.family.upstream.UpstreamFamily;
import org.smapp.netlink.MessageReader;
import org.smapp.netlink.vectors.Vectors;

/**
 * Feeds the event path with damaged captured messages and with noise, each followed by a message that is whole: that one has to
 * be understood all the same. A seed makes a run repeatable.
 */
public final class EventFuzzer {

    private static final int FAMILY = 0x1c;
    private static final int CAPACITY_BYTES = 4096;
    private static final int LENGTH_AT = 0;
    private static final int TYPE_AT = 4;

    private final SplittableRandom random;
    private final List<byte[]> captured =
            Vectors.eventLines().keySet().stream().map(Vectors::bytes).toList();
    private final ByteBuffer datagram =
            ByteBuffer.allocateDirect(CAPACITY_BYTES).order(ByteOrder.nativeOrder());
    private final EventDatagram messages = new EventDatagram(new UpstreamFamily().decoder(), FAMILY);
    private final EventLine line = new EventLine();
    private final MessageReader reader = new MessageReader();
    private final Counter counter = new Counter();

    /** What the event path told of one datagram. */
    private static final class Counter implements EventSource.Listener {
        private int events;
        private int malformed;
        private long allEvents;
        private long allMalformed;
        private Event last;

        @Override
        public void received(Event event) {
            events++;
            allEvents++;
            last = event;
        }

        @Override
        public void malformed(String why) {
            malformed++;
            allMalformed++;
        }

        @Override
        public void overrun() {
            throw new AssertionError("a datagram does not overrun");
        }

        private void begin() {
            events = 0;
            malformed = 0;
            last = null;
        }
    }

    EventFuzzer(long seed) {
        random = new SplittableRandom(seed);
    }

    /** Returns how many messages were damaged so that they could not be read. */
    long malformed() {
        return counter.allMalformed;
    }

    /** Returns how many messages could be read. */
    long events() {
        return counter.allEvents;
    }

    /** Feeds one damaged message and one that is whole. */
    void step() {
        byte[] original = captured.get(random.nextInt(captured.size()));
        fill(original);
        counter.begin();
        messages.read(datagram, counter);
        if (counter.malformed > 1 + datagram.limit() / MessageReader.HEADER_BYTES) {
            throw new AssertionError("more complaints than messages");
        }
        reader.wrap(datagram);
        while (reader.next()) {
            line.of(reader);
        }
        whole(captured.get(random.nextInt(captured.size())));
    }

    private void whole(byte[] message) {
        datagram.clear().put(message).flip();
        counter.begin();
        messages.read(datagram, counter);
        if (counter.events != 1 || counter.malformed != 0 || counter.last == null) {
            throw new AssertionError("a whole message was not understood after a damaged one");
        }
    }

    private void fill(byte[] original) {
        datagram.clear();
        if (random.nextInt(8) == 0) {
            noise();
        } else {
            datagram.put(original);
        }
        int length = datagram.position();
        datagram.flip();
        for (int i = 1 + random.nextInt(4); i > 0; i--) {
            damage(length);
        }
        datagram.limit(Math.max(0, datagram.limit() - (random.nextInt(3) == 0 ? random.nextInt(length + 1) : 0)));
    }

    /** Random bytes behind a header that leads the decoder to them. */
    private void noise() {
        int length = MessageReader.HEADER_BYTES + random.nextInt(400);
        for (int i = 0; i < length; i++) {
            datagram.put((byte) (random.nextBoolean() ? random.nextInt(32) : random.nextInt(256)));
        }
        datagram.putInt(LENGTH_AT, length).putShort(TYPE_AT, (short) FAMILY);
    }

    private void damage(int length) {
        int at = random.nextInt(length);
        switch (random.nextInt(4)) {
            case 0 -> datagram.put(at, (byte) random.nextInt(256));
            case 1 -> datagram.put(at, (byte) (datagram.get(at) ^ 1 << random.nextInt(8)));
            case 2 -> datagram.put(at, datagram.get(random.nextInt(length)));
            default -> datagram.putShort(Math.min(at, length - 2), (short) random.nextInt(40));
        }
    }

    /**
     * Runs by hand.
     *
     * @param arguments how many million messages (10 if left out), and the seed
     */
    public static void main(String[] arguments) {
        long messages = (arguments.length > 0 ? Long.parseLong(arguments[0]) : 10) * 1_000_000;
        long seed = arguments.length > 1 ? Long.parseLong(arguments[1]) : System.nanoTime();
        EventFuzzer fuzzer = new EventFuzzer(seed);
        long before = -1;
        long start = System.nanoTime();
        for (long i = 0; i < messages; i++) {
            fuzzer.step();
            if (i == messages / 10) {
                before = usedBytes();
            }
        }
        double seconds = (System.nanoTime() - start) / 1e9;
        System.out.printf(
                "%d damaged messages, seed %d, %.1f s: %d events, %d malformed, heap after collection %+d bytes since the"
                        + " first tenth%n",
                messages, seed, seconds, fuzzer.events(), fuzzer.malformed(), usedBytes() - before);
    }

    static long usedBytes() {
        System.gc();
        Runtime runtime = Runtime.getRuntime();
        return runtime.totalMemory() - runtime.freeMemory();
    }
}
