package org.smapp.itests.recovery;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.smapp.launcher.AssembledPlatform;
import org.smapp.testkit.gateway.Smapp;
import org.smapp.testkit.lab.Deadline;
import org.smapp.testkit.lab.LabException;

/** The bundle of core in a running SMAPP: what it counts, changed and updated while it works. For one thread. */
final class RunningCore {

    static final Duration SOON = Duration.ofSeconds(60);

    private final Smapp smapp;
    private int changes;

    RunningCore(Smapp smapp) {
        this.smapp = smapp;
    }

    /** Returns a number from {@code smapp health}. */
    long health(String field) {
        return smapp.control().health().get(field).getAsLong();
    }

    /** Changes the configuration of core, and waits until another agent has taken over because of it. */
    void configure(String lines) {
        long before = health("agentsReplaced");
        changes++;
        smapp.configure("org.smapp.core", lines + "slowCallMs = " + (50 + changes % 10) + "\n");
        Deadline.waitFor("an agent with the next settings", SOON, () -> health("agentsReplaced") > before);
    }

    /** Updates the bundle in the running framework, and waits until the next one listens to the kernel. */
    void update() throws IOException {
        String before = subscribedSince();
        smapp.deploy(jar(), "core.jar");
        Deadline.waitFor("the next core", SOON, () -> !List.of("", before).contains(subscribedSince()));
    }

    /** Returns since when it listens to the kernel, or nothing while it is not there. */
    private String subscribedSince() {
        try {
            return smapp.control().health().get("subscribedSince").getAsString();
        } catch (LabException e) {
            return ""; // the control socket is not there yet
        }
    }

    private static Path jar() throws IOException {
        try (Stream<Path> all = Files.walk(AssembledPlatform.HOME.resolve("bundles/org/smapp"))) {
            return all.filter(each -> each.getFileName().toString().matches("core-.*\\.jar"))
                    .findFirst()
                    .orElseThrow();
        }
    }
}
