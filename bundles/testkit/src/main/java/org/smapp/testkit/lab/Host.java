package org.smapp.testkit.lab;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.smapp.linux.NetworkNamespace;

/**
 * A machine of the lab: a network namespace, and what is done in it. New hosts have IPv4 and IPv6 without duplicate address
 * detection, router solicitation and reverse path filter, MPTCP switched on where the kernel has it, and cubic (reno where the
 * user may not set cubic) whatever the machine's default is.
 *
 * <p>Thread-safe. Every method throws {@link LabException} when the kernel or a program refuses.
 */
public final class Host {

    private static final Duration COMMAND_LIMIT = Duration.ofSeconds(30);

    private final Lab lab;
    private final String name;
    private final NetworkNamespace namespace;

    Host(Lab lab, String name, NetworkNamespace namespace) {
        this.lab = lab;
        this.name = name;
        this.namespace = namespace;
    }

    /** Returns the host's name in its lab, such as {@code gateway}. */
    public String name() {
        return name;
    }

    /** Returns the namespace, whose name for {@code ip netns} is the last part of its file. */
    public NetworkNamespace namespace() {
        return namespace;
    }

    /** Runs a program in the host to its end, 30 s at most, and returns what it printed on its standard output. */
    public String run(String... command) {
        return LabProcess.run(lab.directory(), entered(List.of(command)), COMMAND_LIMIT);
    }

    /** Starts a program in the host. It ends with the lab at the latest. */
    public LabProcess start(String... command) {
        return start(Map.of(), command);
    }

    /** Starts a program in the host with additional environment variables. It ends with the lab at the latest. */
    public LabProcess start(Map<String, String> environment, String... command) {
        return lab.keep(LabProcess.start(lab.directory(), entered(List.of(command)), environment));
    }

    private List<String> entered(List<String> command) {
        // Not "ip netns exec", which would also replace /sys, and with it the cgroups.
        List<String> whole = new ArrayList<>(List.of("nsenter", "--net=" + namespace.file(), "--"));
        whole.addAll(command);
        return whole;
    }

    /** Calls {@code work} on a thread inside the host: sockets that it opens belong to the host. */
    public <T> T inside(Callable<T> work) throws Exception {
        return lab.linux().inside(namespace, work);
    }

    /** Returns what a file below /proc holds for a thread inside the host, such as {@code /proc/thread-self/net/dev}. */
    public String read(String file) {
        try {
            return inside(() -> Files.readString(Path.of(file)));
        } catch (Exception e) {
            throw new LabException("Can't read " + file + " in host " + name + ": " + e.getMessage(), e);
        }
    }

    /** Returns a kernel setting, such as {@code net.mptcp.enabled}. */
    public String sysctl(String key) {
        return read(sysctlFile(key).toString()).strip();
    }

    /** Changes a kernel setting of this host. */
    public void sysctl(String key, String value) {
        try {
            inside(() -> Files.writeString(sysctlFile(key), value));
        } catch (Exception e) {
            throw new LabException("Can't set " + key + " to " + value + " in host " + name + ": " + e.getMessage(), e);
        }
    }

    private static Path sysctlFile(String key) {
        return Path.of("/proc/sys", key.split("\\."));
    }

    /** Adds an address, such as {@code 10.71.1.2/24} or {@code fd71:1::2/64}, to an interface. */
    public void address(String device, String addressWithPrefix) {
        if (addressWithPrefix.contains(":")) {
            run("ip", "address", "add", addressWithPrefix, "dev", device, "nodad");
        } else {
            run("ip", "address", "add", addressWithPrefix, "dev", device);
        }
    }

    /** Adds a route in the words of {@code ip route}, such as {@code "default", "via", "10.71.1.1", "table", "1"}. */
    public void route(String... route) {
        run(concat(List.of("ip", familyOf(route), "route", "add"), route));
    }

    /** Makes packets from {@code address} use routing table {@code table}. */
    public void sourceRule(String address, int table) {
        run("ip", familyOf(address), "rule", "add", "from", address, "table", Integer.toString(table));
    }

    private static String familyOf(String... words) {
        return String.join(" ", words).contains(":") ? "-6" : "-4";
    }

    private static String[] concat(List<String> first, String... rest) {
        List<String> all = new ArrayList<>(first);
        all.addAll(List.of(rest));
        return all.toArray(String[]::new);
    }

    void prepare() {
        run("ip", "link", "set", "lo", "up");
        for (String scope : List.of("all", "default")) {
            sysctl("net.ipv4.conf." + scope + ".rp_filter", "0");
            if (hasIpv6()) {
                sysctl("net.ipv6.conf." + scope + ".accept_dad", "0");
                sysctl("net.ipv6.conf." + scope + ".accept_ra", "0");
                sysctl("net.ipv6.conf." + scope + ".keep_addr_on_down", "1");
            }
        }
        if (Files.exists(Path.of("/proc/sys/net/mptcp/enabled"))) {
            sysctl("net.mptcp.enabled", "1");
        }
        congestionControl();
    }

    /** Returns whether the kernel speaks IPv6. */
    public static boolean hasIpv6() {
        return Files.exists(Path.of("/proc/sys/net/ipv6"));
    }

    private void congestionControl() {
        try {
            sysctl("net.ipv4.tcp_congestion_control", "cubic");
        } catch (LabException e) {
            sysctl("net.ipv4.tcp_congestion_control", "reno"); // cubic is not among the allowed ones of this machine
        }
    }

    @Override
    public String toString() {
        return name;
    }
}
