package org.smapp.testkit.lab;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.smapp.testkit.lab.Link.End;

@Timeout(60)
class TapLinkIT {

    private static final String PREFIX =
            "testkit-tap-" + ProcessHandle.current().pid();

    @BeforeAll
    static void needsTap() {
        LabAssumptions.links(Link.Kind.TAP);
    }

    @Test
    void shouldCarryAtTheRate() throws Exception {
        try (Lab lab = Lab.open(PREFIX)) {
            Link link = LinkChecks.link(lab, Link.Kind.TAP, Shape.of(20_000_000, Duration.ofMillis(5)));
            LinkChecks.checkRate(link, 20_000_000);
            link.rate(50_000_000);
            LinkChecks.checkRate(link, 50_000_000);
        }
    }

    @Test
    void shouldDelayFrames() throws Exception {
        try (Lab lab = Lab.open(PREFIX)) {
            Link link = LinkChecks.link(lab, Link.Kind.TAP, Shape.of(50_000_000, Duration.ofMillis(20)));
            try (Echo echo = new Echo(link)) {
                echo.roundTripNanos(); // finds the neighbours
                long[] nanos = new long[50];
                for (int i = 0; i < nanos.length; i++) {
                    nanos[i] = echo.roundTripNanos();
                }
                Arrays.sort(nanos);
                System.out.printf(
                        "round trip over 2 x 20 ms: p50 %.2f, p98 %.2f, max %.2f ms%n",
                        nanos[25] / 1e6, nanos[48] / 1e6, nanos[49] / 1e6);
                assertTrue(nanos[0] >= 40_000_000, "never early: " + nanos[0]);
                assertTrue(nanos[0] < 45_000_000, "on time, unless the machine is busy: " + nanos[0]);
            }
        }
    }

    @Test
    void shouldLoseTheSameFramesForTheSameSeed() throws Exception {
        long lost = lostOf1000(3);

        assertTrue(lost > 230 && lost < 370, lost + " of 1000 lost, expected about 300");
        assertEquals(lost, lostOf1000(3));
    }

    private static long lostOf1000(long seed) throws Exception {
        try (Lab lab = Lab.open(PREFIX, seed)) {
            Link link = LinkChecks.link(lab, Link.Kind.TAP, Shape.UNLIMITED);
            link.host(End.NEAR).sysctl("net.ipv6.conf.wan0.disable_ipv6", "1"); // which speaks when it likes
            try (Echo echo = new Echo(link)) {
                echo.roundTripNanos();
                link.shape(End.NEAR, Shape.UNLIMITED.withLoss(0.3));
                long before = total(link);
                for (int i = 0; i < 1000; i++) {
                    echo.send();
                }
                Deadline.waitFor("all frames counted", Duration.ofSeconds(5), () -> total(link) - before >= 1000);
            }
            return link.counters(End.NEAR).lost();
        }
    }

    private static long total(Link link) {
        Counters counters = link.counters(End.NEAR);
        return counters.frames() + counters.lost();
    }

    @Test
    void shouldShowTheCarrierAndLoseWhatIsUnderWay() throws Exception {
        try (Lab lab = Lab.open(PREFIX)) {
            Link link = LinkChecks.link(lab, Link.Kind.TAP, Shape.of(0, Duration.ofMillis(300)));
            LinkChecks.checkCarrier(link);
            link.delay(Duration.ZERO);
            try (Echo echo = new Echo(link)) {
                echo.roundTripNanos();
                link.delay(Duration.ofMillis(300));
                echo.send();
                Deadline.waitFor("the frame is read", Duration.ofSeconds(5), () -> cutOne(link));
            }
        }
    }

    private static boolean cutOne(Link link) {
        link.carrier(End.FAR, false);
        link.carrier(End.FAR, true);
        return link.counters(End.NEAR).cut() > 0;
    }

    /** Datagrams there and back. */
    private static final class Echo implements AutoCloseable {
        private final DatagramSocket near;
        private final DatagramSocket far;
        private final DatagramPacket packet;

        Echo(Link link) throws Exception {
            near = link.host(End.NEAR).inside(() -> new DatagramSocket(0, InetAddress.getByName(LinkChecks.NEAR)));
            far = link.host(End.FAR).inside(() -> new DatagramSocket(0, InetAddress.getByName(LinkChecks.FAR)));
            packet = new DatagramPacket(new byte[100], 100, far.getLocalSocketAddress());
            near.setSoTimeout(1000);
            far.setSoTimeout(1000);
        }

        void send() throws Exception {
            near.send(packet);
        }

        long roundTripNanos() throws Exception {
            for (int attempt = 0; attempt < 5; attempt++) {
                try {
                    long start = System.nanoTime();
                    send();
                    DatagramPacket received = new DatagramPacket(new byte[100], 100);
                    far.receive(received);
                    far.send(received); // its address is now the sender's
                    near.receive(received);
                    return System.nanoTime() - start;
                } catch (SocketTimeoutException e) {
                    // lost: again
                }
            }
            throw new LabException("Five datagrams in a row got no answer");
        }

        @Override
        public void close() {
            near.close();
            far.close();
        }
    }
}
