package org.smapp.itests.recovery;

import java.time.Duration;
import org.smapp.testkit.gateway.Smapp;
import org.smapp.testkit.lab.Deadline;

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

    /** Lets the next core take over as an update does: a stop in order and a start; a jar in the deploy folder is no core. */
    void update() {
        smapp.stop();
        smapp.start();
    }
}
