package org.smapp.itests.recovery;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.smapp.testkit.lab.Deadline;
import org.smapp.testkit.lab.LabProcess;
import org.smapp.testkit.lab.Link;

/** Traffic, faults of the lines, and everything that can happen to SMAPP, mixed by chance. */
final class RandomScheduleIT extends LoadedGatewayTest {

    private static final int STEPS = Integer.getInteger("smapp.recovery.steps", 6);
    private static final long SEED = Long.getLong("smapp.recovery.seed", System.nanoTime());

    private final Random random = new Random(SEED);
    private final List<String> schedule = new ArrayList<>();

    /** Connections that may have to wait for their line to come back. */
    private final List<LabProcess> waiting = new ArrayList<>();

    private boolean cut;

    @Test
    void shouldBeRightAfterARandomSchedule() throws IOException {
        System.out.println("SEED | random schedule: " + SEED);
        gateway.load(CONNECTIONS);
        long start = System.nanoTime();
        try {
            for (int i = 0; i < STEPS; i++) {
                step();
            }
            long end = System.nanoTime();
            Deadline.waitFor("both subflows of each connection of the load, and nothing else", RunningCore.SOON, () -> {
                Picture kernel = gateway.kernel();
                return kernel.tokens().size() == CONNECTIONS
                        && kernel.subflows().size() == 2 * CONNECTIONS;
            });
            gateway.settled();
            assertUndisturbed();
            figures.row(
                    "random schedule of " + STEPS + " steps (" + TimeUnit.NANOSECONDS.toSeconds(end - start)
                            + " s), seed " + SEED,
                    load(gateway.kernel()),
                    "table equals ss -M and ss -t",
                    "equal " + TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - end) + " ms after the last step",
                    true);
        } catch (AssertionError | RuntimeException e) {
            throw new AssertionError("Seed " + SEED + " (smapp.recovery.seed), steps: " + schedule, e);
        }
    }

    /** One thing that happens; while a line is cut, another one happens in the midst of it. */
    private void step() throws IOException {
        switch (random.nextInt(cut ? 5 : 7)) {
            case 0 -> restart();
            case 1 -> burst(100 + random.nextInt(500));
            case 2 -> configure(65_536 << random.nextInt(5));
            case 3 -> updateCore();
            case 4 -> restartController();
            case 5 -> overrun(500 + random.nextInt(1_500));
            default -> lineFault(random.nextInt(2));
        }
    }

    private void note(String what) {
        schedule.add(what);
    }

    private void restart() {
        note("kill -9 and restart");
        gateway.smapp.kill();
        gateway.smapp.start();
    }

    private void burst(int connections) {
        note(connections + " short connections");
        waiting.add(gateway.shortConnections(connections));
        if (!cut) {
            awaitTraffic();
        }
    }

    private void awaitTraffic() {
        waiting.forEach(gateway::awaitEnd);
        waiting.clear();
    }

    private void configure(int bufferBytes) {
        note("receive buffer of " + bufferBytes);
        gateway.core.configure("receiveBufferBytes = \"" + bufferBytes + "\"\n");
    }

    private void updateCore() {
        note("core updated");
        gateway.core.update();
    }

    private void restartController() {
        note("controller stopped and started");
        gateway.smapp.undeploy(LoadedGateway.FULLMESH);
        burst(50);
        gateway.smapp.deployShipped(LoadedGateway.FULLMESH);
    }

    private void overrun(int connections) {
        note("SMAPP stopped during");
        gateway.smapp.signal("STOP");
        burst(connections);
        gateway.smapp.signal("CONT");
    }

    private void lineFault(int which) throws IOException {
        Link line = gateway.lab.links().get(which);
        note("line " + which + " cut during");
        waiting.add(gateway.shortConnections(200));
        line.carrier(Link.End.NEAR, false);
        cut = true;
        step();
        line.carrier(Link.End.NEAR, true);
        cut = false;
        note("line " + which + " back");
        awaitTraffic();
        Deadline.waitFor(
                "the mesh to be whole",
                RunningCore.SOON,
                () -> gateway.kernel().subflows().size() >= 2 * CONNECTIONS);
    }
}
