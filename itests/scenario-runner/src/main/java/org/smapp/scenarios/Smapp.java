package org.smapp.scenarios;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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
 * SMAPP as users run it, from the built distribution.
 *
 * @param name what tables and plots call it
 * @param home the folder of the distribution
 * @param configuration further files of its configuration, by name; they replace those of the distribution
 */
record Smapp(String name, Path home, Map<String, String> configuration) implements PathManager {

    private static final Duration START_LIMIT = Duration.ofSeconds(30);
    private static final Duration STOP_LIMIT = Duration.ofSeconds(15);
    private static final int LOG_LINES = 30;

    /** SMAPP whose connections all belong to {@code controller}, with the settings that it ships with. */
    static Smapp with(Path home, String controller) {
        return with(home, controller, "");
    }

    /** SMAPP whose connections all belong to {@code controller}, configured as its {@code .cfg} file would be. */
    static Smapp with(Path home, String controller, String settings) {
        return new Smapp(
                "smapp " + controller,
                home,
                Map.of(
                        "org.smapp.rule-default.cfg",
                        "ranking = 0\nside = any\ncontroller = " + controller + "\n",
                        "org.smapp.controller." + controller + ".cfg",
                        settings));
    }

    @Override
    public InCharge start(Lab lab, Host host) {
        Path folder = lab.directory().resolve("smapp");
        configure(folder.resolve("etc"));
        LabProcess process = lab.start(
                Map.of(),
                home.resolve("bin/smapp").toString(),
                "run",
                "--netns",
                host.namespace().file().toString(),
                "--config",
                folder.resolve("etc").toString(),
                "--data",
                folder.resolve("data").toString(),
                "--control",
                folder.resolve("control.sock").toString(),
                "--http",
                "off");
        Deadline.waitFor("SMAPP is ready", START_LIMIT, () -> isReady(process));
        return new Running(process);
    }

    private void configure(Path etc) {
        try {
            Files.createDirectories(etc);
            try (Stream<Path> shipped = Files.list(home.resolve("etc"))) {
                for (Path each : shipped.toList()) {
                    Files.copy(each, etc.resolve(each.getFileName()));
                }
            }
            for (Map.Entry<String, String> each : configuration.entrySet()) {
                Files.writeString(etc.resolve(each.getKey()), each.getValue());
            }
        } catch (IOException e) {
            throw new LabException("Can't configure SMAPP in " + etc + ": " + e, e);
        }
    }

    private static boolean isReady(LabProcess process) {
        if (!process.isRunning()) {
            throw new LabException("SMAPP ended at its start:\n" + lastLines(process));
        }
        return process.output().contains("SMAPP ready");
    }

    private static String lastLines(LabProcess process) {
        List<String> lines = (process.output() + process.errors()).lines().toList();
        return String.join("\n", lines.subList(Math.max(0, lines.size() - LOG_LINES), lines.size()));
    }

    private record Running(LabProcess process) implements InCharge {

        @Override
        public String lastWords() {
            return lastLines(process);
        }

        @Override
        public void close() {
            process.terminate();
            process.waitFor(STOP_LIMIT);
        }
    }
}
