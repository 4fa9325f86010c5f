package org.smapp.itests.recovery;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.smapp.launcher.AssembledPlatform;
import org.smapp.testkit.lab.Deadline;
import org.smapp.testkit.lab.GatewayLab;
import org.smapp.testkit.lab.Lab;
import org.smapp.testkit.lab.LabProcess;
import org.smapp.testkit.lab.Link;
import org.smapp.testkit.lab.Shape;

/** A gateway with SMAPP as users run it, and many connections that carry data. For one thread. */
final class LoadedGateway implements AutoCloseable {

    static final Duration SOON = Duration.ofSeconds(30);
    private static final Path SMAPP = AssembledPlatform.HOME.resolve("bin/smapp");
    private static final String PORT = "7000";
    private static final Pattern COUNTS = Pattern.compile("open=(\\d+) bytes=(\\d+) errors=(\\d+)");

    final GatewayLab lab;
    private final Path folder;
    private final Path program;
    private int configured;
    private LabProcess smapp;
    private LabProcess load;

    LoadedGateway(String name) throws IOException {
        String prefix = name + "-" + ProcessHandle.current().pid();
        lab = GatewayLab.open(Lab.open(prefix), Link.Kind.VETH, Shape.UNLIMITED, Shape.UNLIMITED);
        folder = Files.createTempDirectory("smapp-" + name);
        Files.createDirectories(folder.resolve("etc"));
        try (Stream<Path> files = Files.list(AssembledPlatform.HOME.resolve("etc"))) {
            for (Path each : files.toList()) {
                Files.copy(each, folder.resolve("etc").resolve(each.getFileName()));
            }
        }
        program = lab.lab().directory().resolve("traffic");
        lab.server()
                .run(
                        "gcc",
                        "-O2",
                        "-o",
                        program.toString(),
                        Path.of("src/test/c/traffic.c").toAbsolutePath().toString());
        // A kernel at its limits answers with cookies, and those carry no MPTCP.
        lab.server().sysctl("net.core.somaxconn", "4096");
        lab.server().sysctl("net.ipv4.tcp_max_syn_backlog", "8192");
        lab.server().start(program.toString(), "serve", PORT);
    }

    /** Starts SMAPP; returns after its line that starts {@code SMAPP ready}. */
    void startSmapp() {
        smapp = lab.lab()
                .start(
                        Map.of(),
                        SMAPP.toString(),
                        "run",
                        "--netns",
                        lab.gateway().namespace().file().toString(),
                        "--config",
                        folder.resolve("etc").toString(),
                        "--data",
                        folder.resolve("data").toString(),
                        "--control",
                        folder.resolve("control.sock").toString(),
                        "--http",
                        "off");
        Deadline.waitFor("SMAPP to be ready", SOON, () -> smapp.output().contains("SMAPP ready"));
    }

    /** Kills SMAPP without a word. */
    void killSmapp() {
        ProcessHandle.of(smapp.pid()).orElseThrow().destroyForcibly();
        smapp.waitFor(SOON);
    }

    /** Sends SMAPP a signal. */
    void signal(String name) {
        lab.gateway().run("kill", "-" + name, Long.toString(smapp.pid()));
    }

    /** Changes the configuration of core, and waits until it is in force. */
    void configure(String text) throws IOException {
        Path whole = folder.resolve("core.cfg");
        Files.writeString(whole, text + "journalEntries = \"" + (50_000 + configured++) + "\"\n");
        Files.move(whole, folder.resolve("etc/org.smapp.core.cfg"), StandardCopyOption.REPLACE_EXISTING);
        long since = System.currentTimeMillis();
        Deadline.waitFor(
                "the configuration to be read",
                SOON,
                () -> ask("health").contains("configuration changed") || System.currentTimeMillis() - since > 5_000);
    }

    Picture shown() {
        return Picture.of(ask("connections"));
    }

    /** Returns what is shown once it is what the kernel has. */
    Picture settledPicture() {
        Deadline.waitFor("the table to be the kernel's", SOON, () -> shown().equalsKernel(this));
        return shown();
    }

    /** Returns how long the latest comparison for this reason took. */
    long lastRecoveryMs(String reason) {
        return last("\"tookMs\":(\\d+),\"reason\":\"[^\"]*" + reason);
    }

    /** Returns when the latest comparison for this reason was done, in milliseconds since 1970, or -1. */
    long recoveredAt(String reason) {
        Matcher matcher = Pattern.compile("\"time\":\"([^\"]+)\",\"type\":\"RECOVERED\"[^}]*" + reason)
                .matcher(ask("health"));
        long at = -1;
        while (matcher.find()) {
            at = Instant.parse(matcher.group(1)).toEpochMilli();
        }
        return at;
    }

    private long last(String pattern) {
        Matcher matcher = Pattern.compile(pattern).matcher(ask("health"));
        long value = -1;
        while (matcher.find()) {
            value = Long.parseLong(matcher.group(1));
        }
        return value;
    }

    long smappPid() {
        return smapp.pid();
    }

    String ask(String... words) {
        List<String> command = new ArrayList<>(List.of(SMAPP.toString()));
        command.addAll(List.of(words));
        command.addAll(
                List.of("--json", "--control", folder.resolve("control.sock").toString()));
        return lab.gateway().run(command.toArray(String[]::new));
    }

    /** Opens connections that keep carrying data. */
    void load(int connections) {
        load = lab.gateway().start(program.toString(), "keep", GatewayLab.SERVER, PORT, Integer.toString(connections));
        Deadline.waitFor("the connections to be open", SOON, () -> load.output().contains("open=" + connections + " "));
    }

    /** Starts connections one after the other. */
    LabProcess shortConnections(int count) {
        return lab.gateway().start(program.toString(), "short", GatewayLab.SERVER, PORT, Integer.toString(count));
    }

    /** Returns connections open, bytes and errors of the load so far. */
    long[] loadCounts() {
        long[] counts = new long[3];
        Matcher matcher = COUNTS.matcher(load.output());
        while (matcher.find()) {
            for (int i = 0; i < counts.length; i++) {
                counts[i] = Long.parseLong(matcher.group(i + 1));
            }
        }
        return counts;
    }

    /** Returns the tokens of the gateway's connections, as the kernel shows them. */
    Set<String> kernelTokens() {
        return lines(lab.gateway().run("ss", "-MnHi", "state", "established"), "token:([0-9a-f]+)");
    }

    /** Returns the four ends of the gateway's subflows, as the kernel shows them. */
    Set<String> kernelSubflows() {
        String said = lab.gateway().run("ss", "-tnHi", "state", "established");
        Set<String> all = new TreeSet<>();
        String ends = "";
        for (String line : said.split("\n")) {
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

    private static Set<String> lines(String text, String pattern) {
        return Pattern.compile(pattern)
                .matcher(text)
                .results()
                .map(each -> each.group(1).replaceFirst("^0+", ""))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    @Override
    public void close() throws IOException {
        lab.close();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path each : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(each);
            }
        }
    }
}
