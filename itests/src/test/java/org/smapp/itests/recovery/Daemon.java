package org.smapp.itests.recovery;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.smapp.launcher.AssembledPlatform;
import org.smapp.testkit.lab.Deadline;
import org.smapp.testkit.lab.Host;
import org.smapp.testkit.lab.Lab;
import org.smapp.testkit.lab.LabProcess;

/** SMAPP as users run it, with folders of its own. For one thread. */
final class Daemon {

    static final Duration SOON = Duration.ofSeconds(60);
    private static final int ATTEMPTS = 5;
    private static final long ATTEMPT_NANOS = Duration.ofSeconds(10).toNanos();
    private static final Path SMAPP = AssembledPlatform.HOME.resolve("bin/smapp");
    static final String FULLMESH = "controller-fullmesh-1.0.0.jar";

    private final Lab lab;
    private final Host managed;
    private final Path folder;
    private final Path config;
    private final Path deploy;
    private final Path socket;
    private int changes;
    private LabProcess process;

    Daemon(Lab lab, Host managed) throws IOException {
        this.lab = lab;
        this.managed = managed;
        folder = Files.createDirectories(lab.directory().resolve("smapp"));
        config = Files.createDirectories(folder.resolve("etc"));
        deploy = Files.createDirectories(folder.resolve("deploy"));
        socket = folder.resolve("control.sock");
        try (Stream<Path> files = Files.list(AssembledPlatform.HOME.resolve("etc"))) {
            for (Path each : files.toList()) {
                Files.copy(each, config.resolve(each.getFileName()));
            }
        }
        deployFullMesh();
    }

    /** Starts it; returns after its line that starts {@code SMAPP ready}. */
    void start() {
        process = lab.start(
                Map.of(),
                SMAPP.toString(),
                "run",
                "--netns",
                managed.namespace().file().toString(),
                "--config",
                config.toString(),
                "--deploy",
                deploy.toString(),
                "--data",
                folder.resolve("data").toString(),
                "--control",
                socket.toString(),
                "--http",
                "off");
        Deadline.waitFor("SMAPP to be ready", SOON, () -> process.output().contains("SMAPP ready"));
    }

    /** Kills it without a word. */
    void kill() {
        ProcessHandle.of(process.pid()).orElseThrow().destroyForcibly();
        process.waitFor(SOON);
    }

    long pid() {
        return process.pid();
    }

    /** Sends it a signal. */
    void signal(String name) {
        managed.run("kill", "-" + name, Long.toString(process.pid()));
    }

    /**
     * Changes the configuration of core, and waits until another agent has taken over because of it. File Install, which also
     * writes changes back into the file, may by that undo one that comes right after another: then it is made again.
     */
    void configure(String lines) throws IOException {
        long before = health("agentsReplaced");
        changes++;
        String all = lines + "slowCallMs = \"" + (50 + changes % 10) + "\"\n";
        for (int i = 0; i < ATTEMPTS && health("agentsReplaced") == before; i++) {
            configure("org.smapp.core", all);
            long start = System.nanoTime();
            Deadline.waitFor(
                    "the next settings or the next attempt",
                    SOON,
                    () -> health("agentsReplaced") > before || System.nanoTime() - start > ATTEMPT_NANOS);
        }
        Deadline.waitFor("an agent with the next settings", SOON, () -> health("agentsReplaced") > before);
    }

    /** Writes the configuration of one PID. */
    void configure(String pid, String lines) throws IOException {
        Path whole = folder.resolve("next.cfg");
        Files.writeString(whole, lines);
        Files.move(whole, config.resolve(pid + ".cfg"), StandardCopyOption.ATOMIC_MOVE);
    }

    /** Removes the configuration of one PID. */
    void removeConfiguration(String pid) throws IOException {
        Files.delete(config.resolve(pid + ".cfg"));
    }

    /** Puts a bundle into the deploy folder, in one step. */
    void deploy(Path jar, String name) throws IOException {
        Path whole = folder.resolve("next.jar");
        Files.copy(jar, whole, StandardCopyOption.REPLACE_EXISTING);
        Files.move(whole, deploy.resolve(name), StandardCopyOption.ATOMIC_MOVE);
    }

    void deployFullMesh() throws IOException {
        deploy(AssembledPlatform.HOME.resolve("deploy").resolve(FULLMESH), FULLMESH);
    }

    void removeFullMesh() throws IOException {
        Files.delete(deploy.resolve(FULLMESH));
    }

    /** Updates the bundle of core in the running framework, and waits until the next one listens to the kernel. */
    void updateCore() throws IOException {
        String before = subscribedSince();
        deploy(coreJar(), "core.jar");
        Deadline.waitFor("the next core", SOON, () -> !List.of("", before).contains(subscribedSince()));
    }

    /** Returns since when it listens to the kernel, or nothing while core is not there. */
    private String subscribedSince() {
        try {
            return find(converse("\"op\":\"health\""), "subscribedSince", "\"([^\"]*)\"");
        } catch (IOException e) {
            return ""; // its socket is not there yet
        }
    }

    private static Path coreJar() throws IOException {
        try (Stream<Path> all = Files.walk(AssembledPlatform.HOME.resolve("bundles/org/smapp"))) {
            return all.filter(each -> each.getFileName().toString().matches("core-.*\\.jar"))
                    .findFirst()
                    .orElseThrow();
        }
    }

    /** Returns what it shows now. */
    Picture shown() {
        return Picture.of(ask("connections"));
    }

    /** Returns a number from {@code smapp health}. */
    long health(String field) {
        return Long.parseLong(find(ask("health"), field, "(\\d+)"));
    }

    private static String find(String health, String field, String pattern) {
        Matcher matcher = Pattern.compile("\"" + field + "\":" + pattern).matcher(health);
        if (!matcher.find()) {
            throw new IllegalStateException("No " + field + " in " + health);
        }
        return matcher.group(1);
    }

    /** Returns the answer to a request without further fields. */
    String ask(String operation) {
        return request("\"op\":\"" + operation + "\"");
    }

    /** Returns the answer to a request, whose fields these are. */
    String request(String fields) {
        try {
            return converse(fields);
        } catch (IOException e) {
            throw new IllegalStateException("SMAPP doesn't answer: " + process.output() + process.errors(), e);
        }
    }

    private String converse(String fields) throws IOException {
        try (SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(socket));
                BufferedReader reader = new BufferedReader(Channels.newReader(channel, StandardCharsets.UTF_8))) {
            channel.write(ByteBuffer.wrap(("{" + fields + "}\n").getBytes(StandardCharsets.UTF_8)));
            String answer = reader.readLine();
            if (answer == null) {
                throw new IOException("It hung up");
            }
            return answer;
        }
    }
}
