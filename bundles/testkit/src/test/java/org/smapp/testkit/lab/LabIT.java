package org.smapp.testkit.lab;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.smapp.linux.NetworkNamespace;

@Timeout(60)
class LabIT {

    private static final String PREFIX =
            "testkit-lab-" + ProcessHandle.current().pid();
    private static final String CRASHED =
            "testkit-crashed-" + ProcessHandle.current().pid();

    @BeforeAll
    static void needsNamespaces() {
        LabAssumptions.links(Link.Kind.VETH);
    }

    @Test
    void shouldRunProgramsInsideTheHost() {
        try (Lab lab = Lab.open(PREFIX)) {
            Host host = lab.host("a");

            assertEquals("lo", host.run("ip", "-br", "link").split("\\s+")[0]);
            host.sysctl("net.ipv4.ip_forward", "1");
            assertEquals("1", host.sysctl("net.ipv4.ip_forward"));
            LabException e = assertThrows(LabException.class, () -> host.run("ip", "link", "set", "nothing", "up"));
            assertTrue(e.getMessage().contains("nothing"), e.getMessage());
        }
    }

    @Test
    void shouldTakeEverythingAwayWhenClosed() {
        Host host;
        LabProcess stubborn;
        Lab lab = Lab.open(PREFIX);
        try (lab) {
            host = lab.host("a");
            stubborn = host.start("sh", "-c", "trap '' TERM; setsid sleep 1000 & while :; do sleep 0.1; done");
            Deadline.waitFor(
                    "two programs",
                    Duration.ofSeconds(5),
                    () -> pids(host).lines().count() > 1);
        }
        assertFalse(stubborn.isRunning());
        assertFalse(Files.exists(host.namespace().file()));
        assertFalse(Files.exists(lab.directory()));
        lab.close();
    }

    private static String pids(Host host) {
        return host.run("ip", "netns", "pids", PREFIX + "-a");
    }

    @Test
    void shouldRefuseAPrefixInUse() {
        try (Lab lab = Lab.open(PREFIX)) {
            LabException e = assertThrows(LabException.class, () -> Lab.open(PREFIX));
            assertTrue(e.getMessage().contains("choose another prefix"), e.getMessage());
            try (Lab other = Lab.open(PREFIX + "-other")) {
                assertNotEquals(lab.directory(), other.directory());
            }
        }
    }

    @Test
    void shouldRemoveWhatACrashedLabLeft() throws Exception {
        String java = ProcessHandle.current().info().command().orElseThrow();
        Process crashed = new ProcessBuilder(
                        java, "-cp", System.getProperty("java.class.path"), Crash.class.getName(), CRASHED)
                .inheritIO()
                .start();
        assertEquals(137, crashed.waitFor());
        Path left = NetworkNamespace.named(CRASHED + "-a").file();
        try (Lab lab = Lab.open(PREFIX)) {
            assertFalse(Files.exists(left), () -> left + " is still there after " + lab + " was opened");
        }
        try (Lab again = Lab.open(CRASHED)) {
            Host host = again.host("a");
            assertEquals(
                    1, host.run("ip", "netns", "pids", CRASHED + "-a").lines().count(), "only who asks");
        }
    }

    /** Dies in the middle of its work. */
    static final class Crash {
        public static void main(String[] args) {
            Lab.open(args[0]).host("a").start("sleep", "1000");
            Runtime.getRuntime().halt(137);
        }
    }

    @Test
    void shouldConnectHostsByPlainVeth() {
        try (Lab lab = Lab.open(PREFIX)) {
            Link link =
                    lab.link(Link.Kind.VETH, "cable", lab.host("a"), "eth0", lab.host("b"), "eth0", Shape.UNLIMITED);

            LinkChecks.checkCarrier(link);
            LabException e = assertThrows(LabException.class, () -> link.rate(1000));
            assertTrue(e.getMessage().contains("plain veth"), e.getMessage());
        }
    }

    @Test
    void shouldShapeVethByTheKernel() throws Exception {
        LabAssumptions.links(Link.Kind.SHAPED_VETH);
        try (Lab lab = Lab.open(PREFIX)) {
            Shape tenMegabits = Shape.of(10_000_000, Duration.ofMillis(5));
            Link link = LinkChecks.link(lab, Link.Kind.SHAPED_VETH, tenMegabits);

            LinkChecks.checkCarrier(link);
            LinkChecks.checkRate(link, 10_000_000);
            link.rate(20_000_000);
            LinkChecks.checkRate(link, 20_000_000);
        }
    }
}
