package org.smapp.walkthrough;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.smapp.testkit.lab.Deadline;
import org.smapp.testkit.lab.Host;
import org.smapp.testkit.lab.Lab;
import org.smapp.testkit.lab.LabProcess;

/** SMAPP itself, from the built distribution, managing a host of the lab. */
final class Daemon {

    private static final Duration START_LIMIT = Duration.ofSeconds(25);
    private static final Duration STOP_LIMIT = Duration.ofSeconds(12);
    private static final int LOG_LINES = 20;

    private final LabProcess process;
    private final Path deploy;
    private final ControlSocket control;

    private Daemon(LabProcess process, Path deploy, ControlSocket control) {
        this.process = process;
        this.deploy = deploy;
        this.control = control;
    }

    /**
     * Starts SMAPP with one controller in its deploy folder, and waits until it is ready.
     *
     * @param smapp the program {@code runtime/bin/smapp}
     * @param http a port for the console, or {@code off}
     */
    static Daemon start(Lab lab, Path smapp, Host managed, Path controller, String http) {
        Path deploy = lab.directory().resolve("deploy");
        Path socket = lab.directory().resolve("control.sock");
        try {
            Files.createDirectory(deploy);
        } catch (IOException e) {
            throw new StepFailed("Can't make a deploy folder: " + e.getMessage(), e);
        }
        put(controller, deploy);
        String data = lab.directory().resolve("data").toString();
        LabProcess process = lab.start(
                Map.of(),
                smapp.toString(),
                "run",
                "--netns",
                managed.namespace().file().toString(),
                "--deploy",
                deploy.toString(),
                "--data",
                data,
                "--control",
                socket.toString(),
                "--http",
                http);
        Daemon daemon = new Daemon(process, deploy, new ControlSocket(socket));
        Deadline.waitFor("SMAPP is ready\n" + process, START_LIMIT, daemon::isReady);
        return daemon;
    }

    private boolean isReady() {
        if (!process.isRunning()) {
            throw new StepFailed("SMAPP ended at its start:\n" + lastWords());
        }
        return readyLine().isPresent();
    }

    private Optional<String> readyLine() {
        return process.output()
                .lines()
                .filter(line -> line.startsWith("SMAPP ready"))
                .findFirst();
    }

    /** Returns what SMAPP printed when it was ready, and before. */
    String greeting() {
        return process.output().strip();
    }

    ControlSocket control() {
        return control;
    }

    /** Returns what SMAPP says of a controller, if it has it. */
    Optional<JsonObject> controller(String name) {
        return control.list("controllers").stream()
                .filter(controller -> EventText.text(controller, "name").equals(name))
                .findFirst();
    }

    /** Returns what SMAPP says of a connection. */
    JsonObject connection(long token) {
        List<JsonObject> connections = control.list("connections");
        return connections.stream()
                .filter(connection -> connection.get("token").getAsLong() == token)
                .findFirst()
                .orElseThrow(() -> new StepFailed("SMAPP has lost the connection; it knows " + connections));
    }

    /** Replaces the controller in the deploy folder, in one step. */
    void replaceController(Path next) {
        put(next, deploy);
    }

    private static void put(Path jar, Path deploy) {
        Path target = deploy.resolve("controller.jar");
        Path beside = deploy.resolveSibling("next-controller.jar");
        try {
            Files.copy(jar, beside, StandardCopyOption.REPLACE_EXISTING);
            Files.move(beside, target, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new StepFailed("Can't deploy " + jar + ": " + e, e);
        }
    }

    /** Stops SMAPP in order. */
    void stop() {
        process.terminate();
        int status = process.waitFor(STOP_LIMIT);
        if (status != 0) {
            throw new StepFailed("SMAPP ended with status " + status + ":\n" + lastWords());
        }
    }

    /** Returns the end of SMAPP's log. */
    String lastWords() {
        List<String> lines = (process.output() + process.errors()).lines().toList();
        return String.join("\n", lines.subList(Math.max(0, lines.size() - LOG_LINES), lines.size()));
    }
}
