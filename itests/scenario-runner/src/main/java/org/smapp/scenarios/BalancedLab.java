package org.smapp.scenarios;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.smapp.testkit.lab.Host;
import org.smapp.testkit.lab.Lab;
import org.smapp.testkit.lab.Link;
import org.smapp.testkit.lab.Link.End;
import org.smapp.testkit.lab.Shape;

/**
 * Two routers with four paths between them, chosen for each flow by a hash of its addresses and ports (ECMP).
 *
 * <pre>
 *                            /── 8 Mbit/s, 10 ms ──\
 *   client ── near router ──+─── 8 Mbit/s, 20 ms ───+── far router ── server
 *   10.72.1.2                \── 8 Mbit/s, 30 ms ──/                  10.72.2.2
 *                             \─ 8 Mbit/s, 40 ms ─/
 * </pre>
 *
 * <p>All links are TAP devices: over veth a router would see the sender's own hash, which differs from run to run.
 */
final class BalancedLab implements AutoCloseable {

    static final String SERVER = "10.72.2.2";

    private static final int PATHS = 4;
    private static final long PATH_RATE = 8_000_000;
    private static final int DELAY_STEP_MS = 10;
    private static final Shape ACCESS = Shape.of(100_000_000, Duration.ZERO);
    private static final String HASH_SEED = "net.ipv4.fib_multipath_hash_seed";
    private static final double USED_SHARE = 0.03;

    private final Lab lab;
    private final Host client;
    private final Host server;
    private final List<Link> paths = new ArrayList<>();

    BalancedLab(Lab lab) {
        this.lab = lab;
        client = lab.host("client");
        server = lab.host("server");
        Host near = lab.host("near");
        Host far = lab.host("far");
        lab.link(Link.Kind.TAP, "client access", client, "eth0", near, "client", ACCESS);
        lab.link(Link.Kind.TAP, "server access", server, "eth0", far, "server", ACCESS);
        client.address("eth0", "10.72.1.2/24");
        near.address("client", "10.72.1.1/24");
        server.address("eth0", SERVER + "/24");
        far.address("server", "10.72.2.1/24");
        for (int path = 1; path <= PATHS; path++) {
            Shape shape = Shape.of(PATH_RATE, Duration.ofMillis((long) DELAY_STEP_MS * path));
            paths.add(lab.link(Link.Kind.TAP, "path " + path, near, "path" + path, far, "path" + path, shape));
            near.address("path" + path, "10.72.1" + path + ".1/24");
            far.address("path" + path, "10.72.1" + path + ".2/24");
        }
        client.route("default", "via", "10.72.1.1");
        server.route("default", "via", "10.72.2.1");
        balance(near, "10.72.2.0/24", ".2");
        balance(far, "10.72.1.0/24", ".1");
        server.run("ip", "mptcp", "limits", "set", "subflows", "8", "add_addr_accepted", "8");
    }

    private static void balance(Host router, String destination, String nextHop) {
        router.sysctl("net.ipv4.ip_forward", "1");
        router.sysctl("net.ipv4.fib_multipath_hash_policy", "1");
        if (Files.exists(Path.of("/proc/sys", HASH_SEED.split("\\.")))) {
            router.sysctl(HASH_SEED, "1"); // else which ports take which path differs from boot to boot
        }
        List<String> route = new ArrayList<>(List.of(destination));
        for (int path = 1; path <= PATHS; path++) {
            route.addAll(List.of("nexthop", "via", "10.72.1" + path + nextHop, "dev", "path" + path));
        }
        router.route(route.toArray(String[]::new));
    }

    Lab lab() {
        return lab;
    }

    Host client() {
        return client;
    }

    Host server() {
        return server;
    }

    /** Lets further subflows of the client take their ports from {@code first} to {@code last} only. */
    void clientPorts(int first, int last) {
        client.sysctl("net.ipv4.ip_local_port_range", first + " " + last);
    }

    /** Returns how many paths carried more than a trifle of what the client sent so far. */
    int pathsUsed() {
        long[] bytes = paths.stream()
                .mapToLong(each -> each.counters(End.NEAR).bytes())
                .toArray();
        long all = 0;
        for (long each : bytes) {
            all += each;
        }
        int used = 0;
        for (long each : bytes) {
            used += each > USED_SHARE * all ? 1 : 0;
        }
        return used;
    }

    @Override
    public void close() {
        lab.close();
    }
}
