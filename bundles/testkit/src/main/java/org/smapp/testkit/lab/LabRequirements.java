package org.smapp.testkit.lab;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What the lab needs of the machine and the user, found out without changing anything. */
public final class LabRequirements {

    private static final Path TUN = Path.of("/dev/net/tun");
    private static final Path MPTCP = Path.of("/proc/sys/net/mptcp");
    private static final int CAP_NET_ADMIN = 12;
    private static final int CAP_SYS_ADMIN = 21;

    private static final Map<String, String> PACKAGES = Map.of(
            "ip", "iproute2",
            "tc", "iproute2",
            "nsenter", "util-linux",
            "unshare", "util-linux",
            "mptcpize", "mptcpize",
            "lighttpd", "lighttpd",
            "curl", "curl");

    private LabRequirements() {}

    /** Returns what a {@link Lab} with links of {@code kind} misses, one sentence each that says what to do; empty if nothing. */
    public static List<String> missing(Link.Kind kind) {
        List<String> missing = new ArrayList<>();
        if (!isAdministrator()) {
            missing.add(
                    "The lab makes network namespaces, which needs CAP_SYS_ADMIN and CAP_NET_ADMIN: run it as root, or in a"
                            + " user namespace of your own (unshare -Urm, with a tmpfs on /run).");
        } else if (!Files.isWritable(Path.of("/run"))) {
            missing.add("The lab keeps its network namespaces in /run, which isn't writable: mount a tmpfs on it.");
        }
        missing.addAll(missingPrograms("ip", "nsenter", "unshare"));
        if (kind == Link.Kind.TAP && !tunIsUsable()) {
            missing.add(
                    "TAP links need /dev/net/tun, which this user can't open: load the module tun, or let the user read and"
                            + " write the device, or use links of the kind SHAPED_VETH.");
        }
        if (kind == Link.Kind.SHAPED_VETH) {
            missing.addAll(missingPrograms("tc"));
        }
        return missing;
    }

    /**
     * Returns what {@link GatewayLab} with links of {@code kind} and its traffic miss: {@link #missing}, MPTCP in the kernel and
     * programs.
     */
    public static List<String> missingForTraffic(Link.Kind kind) {
        List<String> missing = missing(kind);
        if (!Files.exists(MPTCP.resolve("enabled"))) {
            missing.add("This kernel has no Multipath TCP: use Linux 5.19 or later with CONFIG_MPTCP=y.");
        } else if (!Files.exists(MPTCP.resolve("pm_type"))) {
            missing.add(
                    "This kernel's Multipath TCP has no userspace path manager (net.mptcp.pm_type): use Linux 5.19 or later.");
        }
        missing.addAll(missingPrograms("mptcpize", "lighttpd", "curl"));
        return missing;
    }

    /** Returns one sentence for each program that can't be found. */
    private static List<String> missingPrograms(String... programs) {
        List<String> missing = new ArrayList<>();
        for (String program : programs) {
            if (ProgramPath.find(program).isEmpty()) {
                missing.add(
                        "The program " + program + " is missing: install the package " + PACKAGES.get(program) + ".");
            }
        }
        return missing;
    }

    /** Returns whether this process may make TAP devices. */
    static boolean tunIsUsable() {
        return Files.isReadable(TUN) && Files.isWritable(TUN);
    }

    private static boolean isAdministrator() {
        try {
            String effective = Files.readAllLines(Path.of("/proc/self/status")).stream()
                    .filter(line -> line.startsWith("CapEff:"))
                    .map(line -> line.substring("CapEff:".length()).strip())
                    .findFirst()
                    .orElse("0");
            long bits = Long.parseUnsignedLong(effective, 16);
            return (bits >> CAP_NET_ADMIN & bits >> CAP_SYS_ADMIN & 1) == 1;
        } catch (IOException e) {
            return false; // not Linux
        }
    }
}
