package org.smapp.timeouts;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.smapp.api.FourTuple;
import org.smapp.api.event.SubflowTimeout;
import org.smapp.testkit.lab.Deadline;
import org.smapp.testkit.lab.Download;
import org.smapp.testkit.lab.GatewayLab;
import org.smapp.testkit.lab.LabAssumptions;
import org.smapp.testkit.lab.Link;
import org.smapp.testkit.lab.Payload;
import org.smapp.testkit.lab.WebServer;
import org.smapp.timeouts.BpfTimeouts.Way;

/** Timeouts on a lossy path of the real kernel, against the kernel's own count (TcpExtTCPTimeouts). */
@Timeout(90)
final class TimeoutsOnKernelTest {

    private static final Duration NEXT_SYN = Duration.ofSeconds(70);
    private static final Duration SOON = Duration.ofSeconds(30);
    private static final int PORT = 8080;
    private static final Path FALLBACK = Path.of("/proc/sys/net/mptcp/syn_retrans_before_tcp_fallback");

    private GatewayLab lab;

    @BeforeEach
    void open() {
        LabAssumptions.traffic(Link.Kind.best());
        String noBpf = TimeoutCount.whyNotHere();
        assumeTrue(noBpf.isEmpty() || System.getenv("CI") != null, noBpf);
        lab = GatewayLab.open("timeouts-" + ProcessHandle.current().pid());
        lab.gateway().run("ip", "mptcp", "endpoint", "add", "10.71.2.2", "dev", "wan2", "subflow");
        lab.gateway().run("ip", "mptcp", "endpoint", "add", "fd71:2::2", "dev", "wan2", "subflow");
        lab.gateway().run("ip", "mptcp", "limits", "set", "subflow", "4", "add_addr_accepted", "4");
        if (Files.exists(FALLBACK)) {
            // Lost SYNs must not make it plain TCP, whose time-outs the kernel counts too.
            lab.gateway().sysctl("net.mptcp.syn_retrans_before_tcp_fallback", "10");
        }
    }

    @AfterEach
    void close() {
        if (lab != null) {
            lab.close();
        }
    }

    @Test
    void shouldTellOfEveryExpiryThatTheKernelCounts() throws Exception {
        Path root = lab.lab().directory();
        Payload.write(root.resolve("file.bin"), 256 << 20, 1);
        WebServer.start(lab.lab(), lab.server(), root, PORT);
        lab.lte().loss(1); // joins over it stay in SYN_SENT
        Download before = download(GatewayLab.SERVER);
        Deadline.waitFor("the download to begin", SOON, () -> before.bytes() > 0);

        try (TimeoutCount gateway = new TimeoutCount(lab.lab().linux(), lab.gateway());
                TimeoutCount peer = new TimeoutCount(lab.lab().linux(), lab.server())) {
            Download six = download("[" + GatewayLab.SERVER6 + "]");
            Deadline.waitFor("the second download to begin", SOON, () -> six.bytes() > 0);
            await("joins' time-outs", gateway, 3);
            lab.lte().loss(0.2); // the joins get through, and their data now and then
            lab.fibre().loss(1);
            Download late = download(GatewayLab.SERVER); // its first SYNs are lost
            await("time-outs of the peer", peer, 8);
            await("time-outs here", gateway, 6);
            lab.fibre().loss(0); // its next SYN, which may be half a minute away by now, must not be lost too
            Deadline.waitFor("the late download to begin", NEXT_SYN, () -> late.bytes() > 0);
            lab.fibre().loss(0.15);
            await("more time-outs of the peer", peer, 20);
            lab.fibre().loss(0);
            lab.lte().loss(0);
            List.of(before, six, late).forEach(this::hold);

            check(gateway);
            check(peer);
            assertFalse(
                    TimeoutCount.perSubflow(peer.by(Way.SOCK_OPS), peer.thereBefore())
                            .isEmpty(),
                    "one of before");
            checkKinds(gateway.by(Way.SOCK_OPS), peer.by(Way.SOCK_OPS));
        }
    }

    private Download download(String host) {
        return Download.start(lab.lab(), lab.gateway(), "http://" + host + ":" + PORT + "/file.bin");
    }

    /** Lets a download read no more: its connection stays, and becomes quiet when the windows are full. */
    private void hold(Download download) {
        lab.gateway().run("kill", "-STOP", Long.toString(download.process().pid()));
    }

    private static void await(String what, TimeoutCount count, int atLeast) {
        Deadline.waitFor(what, SOON, () -> count.by(Way.SOCK_OPS).size() >= atLeast);
    }

    private static void check(TimeoutCount count) {
        count.awaitQuiet();
        System.out.println(count);
        List<SubflowTimeout> all = count.by(Way.SOCK_OPS);
        assertEquals(count.counted(), all.size(), count::toString);
        // The tracepoint can miss one on a virtual machine, and polling those of a subflow that ended.
        List<SubflowTimeout> wrong = new ArrayList<>(count.by(Way.TRACEPOINT));
        all.forEach(wrong::remove);
        assertEquals(List.of(), wrong, "told by the tracepoint only");
        assertTrue(count.by(Way.TRACEPOINT).size() > all.size() / 2, count::toString);
        Map<FourTuple, Long> told = TimeoutCount.perSubflow(all, count.subflows());
        assertEquals(told, TimeoutCount.perSubflow(count.byPolling(), count.subflows()), count::toString);
    }

    private static void checkKinds(List<SubflowTimeout> gateway, List<SubflowTimeout> peer) {
        assertTrue(any(peer, each -> each.tuple().localAddress().v6()), "IPv6");
        assertTrue(any(peer, each -> !each.tuple().localAddress().v6()), "IPv4");
        assertTrue(any(gateway, each -> each.tuple().localAddress().toString().endsWith("2.2")), "a join");
        assertTrue(any(gateway, each -> each.tuple().localAddress().toString().equals("10.71.1.2")), "an initial one");
        assertTrue(peer.stream().allMatch(each -> each.tuple().localPort() == PORT), "the accept side's port");
        assertTrue(gateway.stream().allMatch(each -> each.tuple().remotePort() == PORT), "the peer's port");
        assertTrue(any(peer, each -> each.consecutive() == 1) && any(peer, each -> each.consecutive() > 1), "rows");
        assertTrue(peer.stream().allMatch(each -> each.rtoMs() >= 200 && each.rtoMs() <= 120_000), "their values");
    }

    private static boolean any(List<SubflowTimeout> all, Predicate<SubflowTimeout> wanted) {
        return all.stream().anyMatch(wanted);
    }
}
