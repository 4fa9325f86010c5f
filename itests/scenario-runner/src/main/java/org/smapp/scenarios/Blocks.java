package org.smapp.scenarios;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.smapp.testkit.lab.Deadline;
import org.smapp.testkit.lab.Host;
import org.smapp.testkit.lab.Lab;
import org.smapp.testkit.lab.LabException;
import org.smapp.testkit.lab.LabProcess;

/** A connection that carries blocks of data at a steady pace, checked byte by byte at the other end (see blocks.c). */
final class Blocks {

    private static final Duration LIMIT = Duration.ofSeconds(10);
    private static final String PORT = "7000";

    /** When a block was complete at the receiver, in the nanoseconds of {@link System#nanoTime}. */
    record Arrival(long block, long nanos) {}

    private final LabProcess receiver;
    private final LabProcess sender;

    private Blocks(LabProcess receiver, LabProcess sender) {
        this.receiver = receiver;
        this.sender = sender;
    }

    /**
     * Opens the connection and begins to send.
     *
     * @param bytes the size of a block
     * @param period from the beginning of a block to that of the next; zero to send without a pause
     */
    static Blocks start(Lab lab, Host from, Host to, String address, int bytes, Duration period) {
        String program = program(lab).toString();
        LabProcess receiver = to.start(program, "receive", PORT, Integer.toString(bytes));
        Deadline.waitFor("the receiver of blocks listens", LIMIT, () -> has(receiver, "listening"));
        LabProcess sender = from.start(
                program, "send", address, PORT, Integer.toString(bytes), Long.toString(period.toNanos() / 1000));
        Deadline.waitFor("the sender of blocks has a connection", LIMIT, () -> has(sender, "start "));
        return new Blocks(receiver, sender);
    }

    private static boolean has(LabProcess process, String line) {
        if (!process.isRunning()) {
            throw new LabException(process + " ended: " + process.errors().strip());
        }
        return process.output().contains(line);
    }

    private static Path program(Lab lab) {
        Path program = lab.directory().resolve("blocks");
        if (!Files.exists(program)) {
            Path source = lab.directory().resolve("blocks.c");
            try (InputStream text = Blocks.class.getResourceAsStream("blocks.c")) {
                Files.copy(text, source);
            } catch (IOException e) {
                throw new LabException("Can't write " + source + ": " + e.getMessage(), e);
            }
            LabProcess compiler =
                    lab.start(Map.of(), "gcc", "-O2", "-std=gnu11", "-o", program.toString(), source.toString());
            if (compiler.waitFor(LIMIT) != 0) {
                throw new LabException("gcc can't compile " + source + ":\n" + compiler.errors());
            }
        }
        return program;
    }

    /** Returns when the first block was due; each further one a period later. */
    long startNanos() {
        return number(sender, "start").orElseThrow();
    }

    /** Returns the blocks that have arrived so far. Where one read completed several, only the last of them is listed. */
    List<Arrival> arrivals() {
        return wholeLines(receiver)
                .filter(line -> line.startsWith("block "))
                .map(line -> line.split(" "))
                .map(words -> new Arrival(Long.parseLong(words[1]), Long.parseLong(words[2])))
                .toList();
    }

    /** Returns how many blocks have arrived so far. */
    long arrived() {
        List<Arrival> arrivals = arrivals();
        return arrivals.isEmpty() ? 0 : arrivals.get(arrivals.size() - 1).block();
    }

    /** Returns the longest time since {@code fromNanos} in which nothing was complete, to the last block that has arrived. */
    double longestPauseSeconds(long fromNanos) {
        long before = fromNanos;
        long longest = 0;
        for (Arrival each : arrivals()) {
            if (each.nanos() > fromNanos) {
                longest = Math.max(longest, each.nanos() - before);
                before = each.nanos();
            }
        }
        return longest / 1e9;
    }

    /** Returns how long after it was due each of the first {@code count} blocks was complete, in seconds; infinite for never. */
    double[] delays(int count, Duration period) {
        double[] delays = new double[count];
        Arrays.fill(delays, Double.POSITIVE_INFINITY);
        int next = 0;
        for (Arrival each : arrivals()) {
            for (; next < Math.min(each.block(), count); next++) {
                delays[next] = (each.nanos() - startNanos() - next * period.toNanos()) / 1e9;
            }
        }
        return delays;
    }

    /** Returns how many bytes of whole blocks of {@code blockBytes} arrived between two moments. */
    long bytesBetween(long fromNanos, long toNanos, int blockBytes) {
        long before = 0;
        long last = 0;
        for (Arrival each : arrivals()) {
            before = each.nanos() <= fromNanos ? each.block() : before;
            last = each.nanos() <= toNanos ? each.block() : last;
        }
        return (last - before) * blockBytes;
    }

    /** Stops sending, and waits until the receiver has everything, or for {@code limit}. */
    void finish(Duration limit) {
        sender.terminate();
        Deadline.waitFor(
                "the sender of blocks stops",
                limit,
                () -> number(sender, "sent").isPresent());
        try {
            receiver.waitFor(limit);
        } catch (LabException e) {
            receiver.close(); // what did not arrive by now is lost
        }
        sender.close();
    }

    /** Returns how many bytes were sent and have not come, or came changed; to be asked after {@link #finish}. */
    long lostBytes() {
        long sent = number(sender, "sent").orElseThrow();
        OptionalLong received = number(receiver, "received");
        long wrong = wholeLines(receiver)
                .filter(line -> line.startsWith("received "))
                .mapToLong(line -> Long.parseLong(line.split(" ")[3]))
                .sum();
        return sent - received.orElse(0) + wrong;
    }

    private static OptionalLong number(LabProcess process, String word) {
        return wholeLines(process)
                .filter(line -> line.startsWith(word + " "))
                .mapToLong(line -> Long.parseLong(line.split(" ")[1]))
                .findFirst();
    }

    private static Stream<String> wholeLines(LabProcess process) {
        String text = process.output();
        return text.substring(0, text.lastIndexOf('\n') + 1).lines();
    }
}
