package org.smapp.testkit.lab;

import java.time.Duration;
import java.util.List;
import org.smapp.testkit.lab.Link.End;
import org.smapp.testkit.lab.Link.Kind;

/**
 * A gateway with two WAN links, and a server behind both of them.
 *
 * <pre>
 *            wan1 10.71.1.2 ──── fibre, 50 Mbit/s, 10 ms ──── 10.71.1.1 wan1
 *   gateway       fd71:1::2                                   fd71:1::1        server, on lo: 10.71.9.1 and fd71:9::1
 *            wan2 10.71.2.2 ──── lte,   20 Mbit/s, 40 ms ──── 10.71.2.1 wan2
 *                 fd71:2::2                                   fd71:2::1
 * </pre>
 *
 * <p>In the gateway, routing table 1 goes by wan1 and table 2 by wan2, chosen by source address, and without its carrier a
 * table is a dead end: no subflow strays to the other line. Connections without a source address take wan1, or wan2 while wan1
 * has no carrier. The server uses the in-kernel path manager and accepts up to eight subflows; which one the gateway uses is up
 * to the user. With the userspace path manager and nobody who listens to its events, a kernel refuses every join.
 *
 * <p>The gateway is the near end of both links. Thread-safe.
 */
public final class GatewayLab implements AutoCloseable {

    /** The server's address over either link. */
    public static final String SERVER = "10.71.9.1";

    /** The server's IPv6 address over either link. */
    public static final String SERVER6 = "fd71:9::1";

    /** The shape of the first link unless something else is asked for. */
    public static final Shape FIBRE = Shape.of(50_000_000, Duration.ofMillis(10));

    /** The shape of the second link unless something else is asked for. */
    public static final Shape LTE = Shape.of(20_000_000, Duration.ofMillis(40));

    private static final String MOST_SUBFLOWS = "8";

    private final Lab lab;
    private final Host gateway;
    private final Host server;
    private final Link fibre;
    private final Link lte;

    private GatewayLab(Lab lab, Kind kind, Shape fibreShape, Shape lteShape) {
        this.lab = lab;
        this.gateway = lab.host("gateway");
        this.server = lab.host("server");
        this.fibre = lab.link(kind, "fibre", gateway, "wan1", server, "wan1", fibreShape);
        this.lte = lab.link(kind, "lte", gateway, "wan2", server, "wan2", lteShape);
        addresses();
        routes();
        mptcp();
    }

    /** Opens a lab with the usual shapes and the best kind of link that this user may make. */
    public static GatewayLab open(String prefix) {
        return open(Lab.open(prefix), Kind.best(), FIBRE, LTE);
    }

    /** Builds the topology in {@code lab}, which belongs to the result from now on. */
    public static GatewayLab open(Lab lab, Kind kind, Shape fibreShape, Shape lteShape) {
        try {
            return new GatewayLab(lab, kind, fibreShape, lteShape);
        } catch (RuntimeException e) {
            lab.close();
            throw e;
        }
    }

    private void addresses() {
        server.address("lo", SERVER + "/32");
        for (int wan = 1; wan <= 2; wan++) {
            server.address("wan" + wan, "10.71." + wan + ".1/24");
            gateway.address("wan" + wan, "10.71." + wan + ".2/24");
        }
        if (Host.hasIpv6()) {
            server.address("lo", SERVER6 + "/128");
            for (int wan = 1; wan <= 2; wan++) {
                server.address("wan" + wan, "fd71:" + wan + "::1/64");
                gateway.address("wan" + wan, "fd71:" + wan + "::2/64");
            }
        }
    }

    private void routes() {
        gateway.sysctl("net.ipv4.conf.all.ignore_routes_with_linkdown", "1");
        gateway.sysctl("net.ipv4.conf.default.ignore_routes_with_linkdown", "1");
        for (int wan = 1; wan <= 2; wan++) {
            uplink("10.71." + wan + ".1", "10.71." + wan + ".2", wan);
        }
        if (Host.hasIpv6()) {
            gateway.sysctl("net.ipv6.conf.all.ignore_routes_with_linkdown", "1");
            for (int wan = 1; wan <= 2; wan++) {
                uplink("fd71:" + wan + "::1", "fd71:" + wan + "::2", wan);
            }
        }
    }

    private void uplink(String nextHop, String address, int wan) {
        String device = "wan" + wan;
        String table = Integer.toString(wan);
        gateway.route("default", "via", nextHop, "dev", device, "metric", wan + "00");
        gateway.route("default", "via", nextHop, "dev", device, "table", table);
        gateway.run(
                "ip",
                address.contains(":") ? "-6" : "-4",
                "route",
                "add",
                "unreachable",
                "default",
                "metric",
                "9999",
                "table",
                table);
        gateway.sourceRule(address, wan);
    }

    private void mptcp() {
        server.run("ip", "mptcp", "limits", "set", "subflows", MOST_SUBFLOWS, "add_addr_accepted", MOST_SUBFLOWS);
    }

    /** Lets the in-kernel path manager of the gateway use both links for every connection: what users have without SMAPP. */
    public void useKernelPathManager() {
        gateway.sysctl("net.mptcp.pm_type", "0");
        gateway.run("ip", "mptcp", "limits", "set", "subflows", MOST_SUBFLOWS, "add_addr_accepted", MOST_SUBFLOWS);
        for (int wan = 1; wan <= 2; wan++) {
            gateway.run("ip", "mptcp", "endpoint", "add", "10.71." + wan + ".2", "dev", "wan" + wan, "subflow");
        }
    }

    public Lab lab() {
        return lab;
    }

    public Host gateway() {
        return gateway;
    }

    public Host server() {
        return server;
    }

    public Link fibre() {
        return fibre;
    }

    public Link lte() {
        return lte;
    }

    /** Returns both links, the fibre first. */
    public List<Link> links() {
        return List.of(fibre, lte);
    }

    /** Returns how many bytes a link has brought to the gateway. */
    public static long downloadedBytes(Link link) {
        return link.counters(End.FAR).bytes();
    }

    @Override
    public void close() {
        lab.close();
    }
}
