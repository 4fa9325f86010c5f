package org.smapp.itests.recovery;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.smapp.launcher.AssembledPlatform;
import org.smapp.testkit.gateway.Shown;
import org.smapp.testkit.gateway.Smapp;
import org.smapp.testkit.lab.Deadline;
import org.smapp.testkit.lab.GatewayLab;
import org.smapp.testkit.lab.Host;
import org.smapp.testkit.lab.Lab;
import org.smapp.testkit.lab.LabException;
import org.smapp.testkit.lab.LabProcess;
import org.smapp.testkit.lab.Link;
import org.smapp.testkit.lab.Shape;

/** A gateway with many connections that carry data, in both directions, and with SMAPP beside them. For one thread. */
final class LoadedGateway implements AutoCloseable {

    static final String PORT = "7000";
    static final String LOCAL = "10.71.1.2";
    private static final String SECOND_LINE = "10.71.2.2";
    private static final Pattern COUNTS = Pattern.compile("open=(\\d+) bytes=(\\d+) errors=(\\d+)");

    final GatewayLab lab;
    static final String FULLMESH = "controller-fullmesh-1.0.0.jar";
    final Smapp smapp;
    final RunningCore core;
    private final String traffic;
    private final List<LabProcess> loads = new ArrayList<>();

    LoadedGateway(String name) throws IOException {
        String prefix = name + "-" + ProcessHandle.current().pid();
        lab = GatewayLab.open(Lab.open(prefix), Link.Kind.VETH, Shape.UNLIMITED, Shape.UNLIMITED);
        smapp = new Smapp(lab.lab(), lab.gateway(), AssembledPlatform.HOME);
        smapp.deployShipped(FULLMESH);
        core = new RunningCore(smapp);
        traffic = lab.lab().directory().resolve("traffic").toString();
        String source = Path.of("src/test/c/traffic.c").toAbsolutePath().toString();
        lab.server().run("gcc", "-O2", "-o", traffic, source);
        lab.server().run("chmod", "711", lab.lab().directory().toString()); // so that other users can run it
        for (Host each : List.of(lab.gateway(), lab.server())) {
            // A kernel at its limits answers with cookies, and those carry no MPTCP.
            each.sysctl("net.core.somaxconn", "4096");
            each.sysctl("net.ipv4.tcp_max_syn_backlog", "8192");
            each.sysctl("net.ipv4.ip_local_port_range", "10000 65000");
            each.sysctl("net.ipv4.tcp_max_tw_buckets", "2000"); // or the ports would be used up
            serve(each, PORT);
        }
    }

    /** Echoes what comes to a port. */
    void serve(Host host, String port) {
        host.start(traffic, "serve", port);
    }

    /** Opens connections to the server that keep carrying data. */
    void keep(int connections) {
        keep(lab.gateway(), GatewayLab.SERVER, PORT, connections);
    }

    /** Opens connections to the server that keep carrying data, and waits until each has its second subflow. */
    void load(int connections) {
        keep(connections);
        Deadline.waitFor(
                "two subflows for each connection",
                RunningCore.SOON,
                () -> kernel().subflows().size() == 2 * connections);
    }

    /** Marks a tenth of the second subflows as backup. */
    void markBackups() {
        int i = 0;
        for (Shown.Connection connection : smapp.control().connections()) {
            for (Shown.Subflow each : connection.established()) {
                if (each.localAddress().equals(SECOND_LINE) && i++ % 10 == 0) {
                    markBackup(connection, each);
                }
            }
        }
    }

    private void markBackup(Shown.Connection connection, Shown.Subflow subflow) {
        JsonObject request = new JsonObject();
        request.addProperty("op", "submit");
        request.addProperty("command", "setBackup");
        request.addProperty("backup", true);
        request.addProperty("token", connection.token());
        request.addProperty("localAddress", subflow.localAddress());
        request.addProperty("localPort", subflow.localPort());
        request.addProperty("remoteAddress", subflow.remoteAddress());
        request.addProperty("remotePort", subflow.remotePort());
        JsonObject answer = smapp.control().ask(request).getAsJsonObject();
        assertTrue(answer.get("accepted").getAsBoolean(), answer::toString);
    }

    /** Opens connections from the server to the gateway that keep carrying data. */
    LabProcess loadFromServer(int connections) {
        return keep(lab.server(), LOCAL, PORT, connections);
    }

    /**
     * Opens connections that keep carrying data.
     *
     * @param through the program and its options that starts what opens them; none to start it directly
     */
    LabProcess keep(Host from, String address, String port, int connections, String... through) {
        List<String> command = new ArrayList<>(List.of(through));
        command.addAll(List.of(traffic, "keep", address, port, Integer.toString(connections)));
        LabProcess load = from.start(command.toArray(String[]::new));
        loads.add(load);
        Deadline.waitFor(
                "the connections to be open",
                RunningCore.SOON,
                () -> load.output().contains("open=" + connections + " "));
        return load;
    }

    /** Ends a load. */
    void end(LabProcess load) {
        loads.remove(load);
        load.close();
    }

    /** Starts connections one after the other. */
    LabProcess shortConnections(int count) {
        return shortConnections(PORT, count);
    }

    /** Starts connections to a port of the server one after the other. */
    LabProcess shortConnections(String port, int count) {
        return lab.gateway().start(traffic, "short", GatewayLab.SERVER, port, Integer.toString(count));
    }

    /** Lets the server wait at a port for one connection, whose first bytes it echoes after SIGUSR1. */
    LabProcess answerLate(String port) {
        LabProcess server = lab.server().start(traffic, "late", port);
        Deadline.waitFor(
                "the server to listen", RunningCore.SOON, () -> server.output().contains("ready"));
        return server;
    }

    /** Waits until short connections have ended well. If they don't, says what there is of the one that does not end. */
    void awaitEnd(LabProcess shortConnections) {
        try {
            int status = shortConnections.waitFor(RunningCore.SOON);
            assertEquals(0, status, () -> shortConnections.output() + shortConnections.errors());
        } catch (LabException e) {
            throw new AssertionError(e.getMessage() + "\n" + Standstill.of(shortConnections.pid(), lab, smapp), e);
        }
    }

    /** Opens a connection that sends its last bytes at SIGUSR1 and waits for what comes back. */
    LabProcess lastBytes() {
        LabProcess client = lab.gateway().start(traffic, "last", GatewayLab.SERVER, PORT);
        Deadline.waitFor(
                "the connection to carry data",
                RunningCore.SOON,
                () -> client.output().contains("ready"));
        return client;
    }

    /** Starts connections one after the other, and measures how quickly each gets its second subflow. */
    LabProcess reactions(int count, int pauseMs) {
        return lab.gateway()
                .start(traffic, "react", GatewayLab.SERVER, PORT, Integer.toString(count), Integer.toString(pauseMs));
    }

    /** Returns connections open, bytes and errors of all loads so far. */
    long[] loadCounts() {
        long[] sum = new long[3];
        for (LabProcess each : loads) {
            long[] counts = new long[3];
            Matcher matcher = COUNTS.matcher(each.output());
            while (matcher.find()) {
                Arrays.setAll(counts, i -> Long.parseLong(matcher.group(i + 1)));
            }
            Arrays.setAll(sum, i -> sum[i] + counts[i]);
        }
        return sum;
    }

    /** Returns what SMAPP shows now. */
    Picture shown() {
        return Picture.of(smapp.control().connections());
    }

    /** Returns what the kernel has, as {@code ss -M} and {@code ss -t} show it. */
    Picture kernel() {
        Set<String> tokens = Pattern.compile("token:([0-9a-f]+)")
                .matcher(lab.gateway().run("ss", "-MnHi", "state", "established"))
                .results()
                .map(each -> each.group(1).replaceFirst("^0+", ""))
                .collect(Collectors.toCollection(TreeSet::new));
        return new Picture(tokens, subflows(), Set.of(), Map.of());
    }

    private Set<String> subflows() {
        Set<String> all = new TreeSet<>();
        String ends = "";
        for (String line :
                lab.gateway().run("ss", "-tnHi", "state", "established").lines().toList()) {
            if (!line.startsWith("\t") && !line.startsWith(" \t")) {
                String[] fields = line.trim().split("\\s+");
                ends = fields[fields.length - 2] + " " + fields[fields.length - 1];
            }
            if (line.contains("tcp-ulp-mptcp")) {
                all.add(ends);
            }
        }
        return all;
    }

    /** Waits until SMAPP shows what the kernel has, and returns it. */
    Picture settled() {
        Deadline.waitFor("the table to be the kernel's", RunningCore.SOON, () -> shown().shows(kernel()));
        return shown();
    }

    @Override
    public void close() {
        lab.close();
    }
}
