package org.smapp.testkit.gateway;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.smapp.testkit.lab.Deadline;
import org.smapp.testkit.lab.Host;
import org.smapp.testkit.lab.Lab;
import org.smapp.testkit.lab.LabException;
import org.smapp.testkit.lab.LabProcess;

/**
 * SMAPP from a built distribution, managing a host of a lab. It has folders of its own in the lab's directory, which stay from
 * one start to the next: the configuration as it was shipped, and a deploy folder that is empty at first. For one thread.
 */
public final class Smapp implements AutoCloseable {

    private static final Duration START_LIMIT = Duration.ofSeconds(60);
    private static final Duration STOP_LIMIT = Duration.ofSeconds(20);
    private static final int LOG_LINES = 30;

    private final Lab lab;
    private final Host managed;
    private final Path home;
    private final Path folder;
    private final Path config;
    private final Path deploy;
    private final ControlSocket control;
    private LabProcess process;

    /**
     * Makes the folders; nothing runs yet.
     *
     * @param home the folder of the distribution, with {@code bin}, {@code etc} and {@code deploy} in it
     */
    public Smapp(Lab lab, Host managed, Path home) {
        this.lab = lab;
        this.managed = managed;
        this.home = home;
        folder = lab.directory().resolve("smapp");
        config = folder.resolve("etc");
        deploy = folder.resolve("deploy");
        control = new ControlSocket(folder.resolve("control.sock"));
        make(config);
        make(deploy);
        copyAll(home.resolve("etc"), config);
    }

    private static void make(Path folder) {
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw new LabException("Can't make the folder " + folder + ": " + e.getMessage(), e);
        }
    }

    private static void copyAll(Path from, Path to) {
        try (Stream<Path> files = Files.list(from)) {
            for (Path each : files.toList()) {
                Files.copy(
                        each,
                        to.resolve(each.getFileName()),
                        StandardCopyOption.REPLACE_EXISTING,
                        StandardCopyOption.COPY_ATTRIBUTES);
            }
        } catch (IOException e) {
            throw new LabException("Can't copy " + from + " to " + to + ": " + e, e);
        }
    }

    /** Puts all controllers into the deploy folder that the distribution ships there. */
    public Smapp deployShipped() {
        copyAll(home.resolve("deploy"), deploy);
        return this;
    }

    /** Puts one controller into the deploy folder that the distribution ships there. */
    public void deployShipped(String jar) {
        deploy(home.resolve("deploy").resolve(jar), jar);
    }

    /** Puts a bundle into the deploy folder, in one step; replaces the one that has this name there. */
    public void deploy(Path jar, String name) {
        Path whole = folder.resolve("next.jar");
        try {
            Files.copy(jar, whole, StandardCopyOption.REPLACE_EXISTING);
            Files.move(whole, deploy.resolve(name), StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new LabException("Can't deploy " + jar + ": " + e, e);
        }
    }

    /** Removes a bundle from the deploy folder. */
    public void undeploy(String name) {
        delete(deploy.resolve(name));
    }

    /** Writes the configuration of one PID, in the lines of its {@code .cfg} file, in one step. */
    public void configure(String pid, String lines) {
        Path whole = folder.resolve("next.cfg");
        try {
            Files.writeString(whole, lines);
            Files.move(whole, config.resolve(pid + ".cfg"), StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new LabException("Can't configure " + pid + ": " + e, e);
        }
    }

    /** Removes the configuration of one PID. */
    public void removeConfiguration(String pid) {
        delete(config.resolve(pid + ".cfg"));
    }

    private static void delete(Path file) {
        try {
            Files.delete(file);
        } catch (IOException e) {
            throw new LabException("Can't remove " + file + ": " + e, e);
        }
    }

    /** Starts it without the web console; returns after its line that starts {@code SMAPP ready}. */
    public void start() {
        start("off");
    }

    /**
     * Starts it; returns after its line that starts {@code SMAPP ready}.
     *
     * @param http the port of the web console, or {@code off}
     */
    public void start(String http) {
        process = lab.start(Map.of(), command(http));
        Deadline.waitFor("SMAPP to be ready", START_LIMIT, this::isReady);
    }

    /** Returns the command line that starts it, for tests that start it some other way. */
    public String[] command(String http) {
        return new String[] {
            home.resolve("bin/smapp").toString(),
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
            control.path().toString(),
            "--http",
            http
        };
    }

    private boolean isReady() {
        if (!process.isRunning()) {
            throw new LabException("SMAPP ended at its start:\n" + lastWords());
        }
        // A line is whole only with its end.
        String output = process.output();
        int ready = output.indexOf("SMAPP ready");
        return ready >= 0 && output.indexOf('\n', ready) > 0;
    }

    /** Returns its process. */
    public LabProcess process() {
        return process;
    }

    /** Returns the socket to ask it by. */
    public ControlSocket control() {
        return control;
    }

    /** Returns the end of its log. */
    public String lastWords() {
        List<String> lines = (process.output() + process.errors()).lines().toList();
        return String.join("\n", lines.subList(Math.max(0, lines.size() - LOG_LINES), lines.size()));
    }

    /** Sends it a signal, such as {@code STOP}. */
    public void signal(String name) {
        managed.run("kill", "-" + name, Long.toString(process.pid()));
    }

    /** Kills it without a word. */
    public void kill() {
        ProcessHandle.of(process.pid()).ifPresent(ProcessHandle::destroyForcibly);
        process.waitFor(STOP_LIMIT);
    }

    /** Stops it in order; throws {@link LabException} if it doesn't end well. */
    public void stop() {
        process.terminate();
        int status = process.waitFor(STOP_LIMIT);
        if (status != 0) {
            throw new LabException("SMAPP ended with status " + status + ":\n" + lastWords());
        }
    }

    /** Ends it, however it goes. */
    @Override
    public void close() {
        if (process != null) {
            process.close();
        }
    }
}
