package org.smapp.bench;

import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;

/**
 * A client and a server, each in a network namespace of its own, with two links between them:
 *
 * <pre>
 *   client 10.72.1.2 ── link1 ── 10.72.1.1 server      the connection
 *   client 10.72.2.2 ── link2 ── 10.72.2.1 server      the second subflow, 10.72.2.2 to 10.72.1.1, by a rule for its source
 * </pre>
 *
 * The links are veth pairs without delay or loss. Only the server's side of them may have a rate: without one a connection of 512 kB
 * is over within a millisecond, now and then before any path manager could join a subflow to it. The server keeps the in-kernel
 * path manager and takes any subflow. For one thread, except {@link #close()}.
 */
final class TwoPathLab implements AutoCloseable {

    static final String SERVER_ADDRESS = "10.72.1.1";
    static final String SECOND_ADDRESS = "10.72.2.2";
    private static final String SECOND_DEVICE = "link2";
    private static final String SUBFLOWS_MAX = "8";
    private static final int PATH_MANAGER_KERNEL = 0;
    private static final int PATH_MANAGER_USERSPACE = 1;

    private final Children children;
    private final String client;
    private final String server;

    TwoPathLab(Children children) {
        this.children = children;
        String prefix = "bench-" + ProcessHandle.current().pid();
        this.client = prefix + "-client";
        this.server = prefix + "-server";
    }

    /** @param serverMbit what the server may send on each link, 0 for no limit */
    void open(int serverMbit) throws IOException, InterruptedException {
        for (String namespace : List.of(client, server)) {
            children.run("ip", "netns", "add", namespace);
            ip(namespace, "link set lo up");
        }
        link("link1", "10.72.1");
        link(SECOND_DEVICE, "10.72.2");
        ip(client, "rule add from " + SECOND_ADDRESS + " table 2");
        ip(client, "route add default via 10.72.2.1 dev " + SECOND_DEVICE + " table 2");
        for (String namespace : List.of(client, server)) {
            sysctl(namespace, "net.ipv4.conf.all.rp_filter", 0);
            sysctl(namespace, "net.mptcp.enabled", 1);
            children.run(inside(
                    namespace,
                    "ip",
                    "mptcp",
                    "limits",
                    "set",
                    "subflows",
                    SUBFLOWS_MAX,
                    "add_addr_accepted",
                    SUBFLOWS_MAX));
        }
        sysctl(server, "net.mptcp.pm_type", PATH_MANAGER_KERNEL);
        if (serverMbit > 0) {
            limit("link1", serverMbit);
            limit(SECOND_DEVICE, serverMbit);
        }
    }

    private void link(String name, String network) throws IOException, InterruptedException {
        ip(client, "link add " + name + " type veth peer name " + name + " netns " + server);
        ip(client, "address add " + network + ".2/24 dev " + name);
        ip(server, "address add " + network + ".1/24 dev " + name);
        ip(client, "link set " + name + " up");
        ip(server, "link set " + name + " up");
        sysctl(client, "net.ipv4.conf." + name + ".rp_filter", 0);
        sysctl(server, "net.ipv4.conf." + name + ".rp_filter", 0);
    }

    private void limit(String device, int mbit) throws IOException, InterruptedException {
        String tokenBucket = "tc qdisc add dev " + device + " root tbf rate " + mbit + "mbit burst 16kb latency 50ms";
        children.run(inside(server, tokenBucket.split(" ")));
    }

    /** Lets the kernel join the second address to each new connection of the client. */
    void useKernelPathManager() throws IOException, InterruptedException {
        children.run(inClient("ip", "mptcp", "endpoint", "flush"));
        children.run(inClient("ip", "mptcp", "endpoint", "add", SECOND_ADDRESS, "dev", SECOND_DEVICE, "subflow"));
        sysctl(client, "net.mptcp.pm_type", PATH_MANAGER_KERNEL);
    }

    /** Leaves each new connection of the client to a program. */
    void useProgramAsPathManager() throws IOException, InterruptedException {
        children.run(inClient("ip", "mptcp", "endpoint", "flush"));
        sysctl(client, "net.mptcp.pm_type", PATH_MANAGER_USERSPACE);
    }

    /** Returns the file that names the client's namespace. */
    String clientNamespaceFile() {
        return "/run/netns/" + client;
    }

    String[] inClient(String... command) {
        return inside(client, command);
    }

    String[] inServer(String... command) {
        return inside(server, command);
    }

    /** nsenter and not "ip netns exec", which would mount a new /sys for each call. */
    private static String[] inside(String namespace, String... command) {
        return Stream.concat(Stream.of("nsenter", "--net=/run/netns/" + namespace), Stream.of(command))
                .toArray(String[]::new);
    }

    private void ip(String namespace, String arguments) throws IOException, InterruptedException {
        children.run(Stream.concat(Stream.of("ip", "-n", namespace), Stream.of(arguments.split(" ")))
                .toArray(String[]::new));
    }

    private void sysctl(String namespace, String key, int value) throws IOException, InterruptedException {
        children.run(inside(namespace, "sysctl", "-q", "-w", key + "=" + value));
    }

    /** Deletes the namespaces, and with them the links. */
    @Override
    public void close() {
        for (String namespace : List.of(client, server)) {
            try {
                Process delete = new ProcessBuilder("ip", "netns", "delete", namespace)
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .start();
                delete.waitFor();
            } catch (IOException e) {
                System.err.println("The namespace " + namespace + " is still there; delete it with: ip netns delete "
                        + namespace + " (" + e.getMessage() + ")");
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
