package org.smapp.bench;

import org.smapp.testkit.lab.Host;
import org.smapp.testkit.lab.Lab;
import org.smapp.testkit.lab.Link;
import org.smapp.testkit.lab.Shape;

/**
 * A client and a server with two links between them:
 *
 * <pre>
 *   client 10.72.1.2 ── link1 ── 10.72.1.1 server      the connection
 *   client 10.72.2.2 ── link2 ── 10.72.2.1 server      the second subflow, 10.72.2.2 to 10.72.1.1, by a rule for its source
 * </pre>
 *
 * The links are veth pairs without delay or loss. Only the server's side of them may have a rate: without one a connection of 512 kB
 * is over within a millisecond, now and then before any path manager could join a subflow to it. The server keeps the in-kernel
 * path manager and takes any subflow. For one thread.
 */
record TwoPathLab(Lab lab, Host client, Host server) implements AutoCloseable {

    static final String SERVER_ADDRESS = "10.72.1.1";
    static final String SECOND_ADDRESS = "10.72.2.2";
    private static final String SECOND_DEVICE = "link2";
    private static final String SUBFLOWS_MAX = "8";

    /** @param serverMbit what the server may send on each link, 0 for no limit */
    static TwoPathLab open(int serverMbit) {
        Lab lab = Lab.open("bench-" + ProcessHandle.current().pid());
        TwoPathLab made = new TwoPathLab(lab, lab.host("client"), lab.host("server"));
        made.link("link1", "10.72.1", serverMbit);
        made.link(SECOND_DEVICE, "10.72.2", serverMbit);
        made.client.sourceRule(SECOND_ADDRESS, 2);
        made.client.route("default", "via", "10.72.2.1", "dev", SECOND_DEVICE, "table", "2");
        for (Host each : new Host[] {made.client, made.server}) {
            each.run("ip", "mptcp", "limits", "set", "subflows", SUBFLOWS_MAX, "add_addr_accepted", SUBFLOWS_MAX);
        }
        made.server.sysctl("net.mptcp.pm_type", "0");
        return made;
    }

    private void link(String name, String network, int serverMbit) {
        lab.link(Link.Kind.VETH, name, client, name, server, name, Shape.UNLIMITED);
        client.address(name, network + ".2/24");
        server.address(name, network + ".1/24");
        if (serverMbit > 0) {
            String rate = serverMbit + "mbit";
            server.run(
                    "tc", "qdisc", "add", "dev", name, "root", "tbf", "rate", rate, "burst", "16kb", "latency", "50ms");
        }
    }

    /** Lets the kernel join the second address to each new connection of the client. */
    void useKernelPathManager() {
        client.run("ip", "mptcp", "endpoint", "flush");
        client.run("ip", "mptcp", "endpoint", "add", SECOND_ADDRESS, "dev", SECOND_DEVICE, "subflow");
        client.sysctl("net.mptcp.pm_type", "0");
    }

    /** Leaves each new connection of the client to a program. */
    void useProgramAsPathManager() {
        client.run("ip", "mptcp", "endpoint", "flush");
        client.sysctl("net.mptcp.pm_type", "1");
    }

    /** Keeps every processor busy beside what is measured, each by an endless loop of a process of its own, at normal priority. */
    void keepProcessorsBusy() {
        for (int i = 0; i < Runtime.getRuntime().availableProcessors(); i++) {
            server.start("sh", "-c", "while :; do :; done");
        }
    }

    @Override
    public void close() {
        lab.close();
    }
}
