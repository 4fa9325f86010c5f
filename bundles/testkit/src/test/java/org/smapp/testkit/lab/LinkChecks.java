package org.smapp.testkit.lab;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.smapp.testkit.lab.Link.End;

/** What every shaped link must do. */
final class LinkChecks {

    static final String NEAR = "10.72.0.1";
    static final String FAR = "10.72.0.2";

    private static final Duration LIMIT = Duration.ofSeconds(10);
    private static final long TRANSFER_BYTES = 3_000_000;
    private static final int MOST_ATTEMPTS = 10;

    private LinkChecks() {}

    static Link link(Lab lab, Link.Kind kind, Shape shape) {
        Host near = lab.host("near");
        Host far = lab.host("far");
        Link link = lab.link(kind, "wan", near, "wan0", far, "wan0", shape);
        near.address("wan0", NEAR + "/24");
        far.address("wan0", FAR + "/24");
        return link;
    }

    static void checkCarrier(Link link) {
        assertTrue(hasCarrier(link, End.NEAR));
        link.carrier(End.NEAR, false);
        Deadline.waitFor("no carrier", LIMIT, () -> !hasCarrier(link, End.NEAR));
        link.carrier(End.NEAR, true);
        Deadline.waitFor("carrier", LIMIT, () -> hasCarrier(link, End.NEAR) && hasCarrier(link, End.FAR));
    }

    static boolean hasCarrier(Link link, End end) {
        return link.host(end).run("ip", "link", "show", link.device(end)).contains("LOWER_UP");
    }

    /** Sends by TCP from near to far and compares with what the rate allows; the best of some, as the machine may be busy. */
    static void checkRate(Link link, double bitsPerSecond) throws Exception {
        double most = bitsPerSecond / 1e6;
        double best = 0;
        for (int attempt = 0; attempt < MOST_ATTEMPTS && best < 0.7 * most; attempt++) {
            long before = link.counters(End.NEAR).bytes();
            double megabits = TRANSFER_BYTES * 8e3 / transferNanos(link);
            System.out.printf("%s: %.1f of %.1f Mbit/s%n", link.description(), megabits, most);
            assertTrue(megabits < 1.05 * most, megabits + " Mbit/s over " + most);
            long counted = link.counters(End.NEAR).bytes() - before;
            assertTrue(counted > TRANSFER_BYTES && counted < 1.3 * TRANSFER_BYTES, counted + " bytes counted");
            best = Math.max(best, megabits);
        }
        assertTrue(best >= 0.7 * most, best + " Mbit/s of " + most);
    }

    private static long transferNanos(Link link) throws Exception {
        try (ServerSocket server = link.host(End.FAR).inside(() -> new ServerSocket(0, 1, InetAddress.getByName(FAR)));
                SocketChannel client = link.host(End.NEAR).inside(SocketChannel::open)) {
            CompletableFuture<Long> received = CompletableFuture.supplyAsync(() -> drain(server));
            client.connect(new InetSocketAddress(FAR, server.getLocalPort()));
            long start = System.nanoTime();
            ByteBuffer block = ByteBuffer.allocate(10_000);
            for (long sent = 0; sent < TRANSFER_BYTES; sent += client.write(block.clear())) {}
            client.shutdownOutput();
            assertEquals(TRANSFER_BYTES, received.get(LIMIT.toSeconds(), TimeUnit.SECONDS));
            return System.nanoTime() - start;
        }
    }

    private static long drain(ServerSocket server) {
        try (Socket peer = server.accept();
                InputStream in = peer.getInputStream()) {
            return in.transferTo(OutputStream.nullOutputStream());
        } catch (IOException e) {
            throw new LabException("The receiver failed", e);
        }
    }
}
