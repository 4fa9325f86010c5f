package org.smapp.itests.recovery;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.smapp.launcher.AssembledPlatform;
import org.smapp.testkit.gateway.Smapp;
import org.smapp.testkit.lab.Deadline;
import org.smapp.testkit.lab.LabProcess;

/** The controller of connections that carry data is upgraded, replaced by another one, and downgraded, while others come and go. */
final class SwapIT extends LoadedGatewayTest {

    private static final int SHORT = 100;
    private static final int GAP_MS = 50;
    private static final Path NEXT = AssembledPlatform.HOME.resolve("controllers/controller-fullmesh-1.1.0.jar");
    private static final String OTHER = "controller-ndiffports-1.0.0.jar";
    private static final String RULE = "org.smapp.rule-default";

    @Test
    void shouldSwapControllersUnderLoad() {
        Smapp smapp = gateway.smapp;
        gateway.core.configure("journalEntries = 50000\n");
        smapp.deployShipped(OTHER);
        smapp.configure("org.smapp.controller.ndiffports", "subflows = 1\n"); // which opens nothing
        Picture known = loadBothSides();
        Picture before = gateway.kernel();
        LabProcess monitor = startMonitor();
        long ahead = gateway.core.health("events") - lines(monitor);

        LabProcess meanwhile = gateway.shortConnections(SHORT);
        smapp.deploy(NEXT, LoadedGateway.FULLMESH);
        awaitOwner("fullmesh", "1.1.0");
        smapp.configure(RULE, "controller = ndiffports\n");
        awaitOwner("ndiffports", "1.0.0");
        smapp.deployShipped(LoadedGateway.FULLMESH);
        Deadline.waitFor("full mesh 1.0", RunningCore.SOON, () -> isThere("fullmesh", "1.0.0"));
        smapp.configure(RULE, "controller = fullmesh\n");
        awaitOwner("fullmesh", "1.0.0");
        assertEquals(0, meanwhile.waitFor(RunningCore.SOON), meanwhile.output());

        Deadline.waitFor(
                "as many events as the kernel sent to another listener",
                RunningCore.SOON,
                () -> gateway.core.health("events") - lines(monitor) == ahead);
        assertEquals(0, gateway.core.health("overruns"));
        assertTrue(gateway.kernel().tokens().containsAll(before.tokens()), "connections closed");
        assertTrue(gateway.kernel().subflows().containsAll(before.subflows()), "subflows closed");
        assertUndisturbed();
        figures.atMost(
                GAP_MS,
                gapsMs(),
                "full mesh 1.0 to 1.1, to ndiffports, to full mesh 1.0, and " + lines(monitor)
                        + " events, none lost: without a controller",
                load(known));
    }

    /** Starts a program that the kernel tells the same events, and waits until it hears of a connection. */
    private LabProcess startMonitor() {
        LabProcess monitor = gateway.lab.gateway().start("ip", "mptcp", "monitor");
        Deadline.waitFor("another listener to hear something", RunningCore.SOON, () -> {
            gateway.shortConnections(1).waitFor(RunningCore.SOON);
            return monitor.output().contains(" CLOSED]");
        });
        gateway.settled();
        return monitor;
    }

    private static long lines(LabProcess monitor) {
        return monitor.output().lines().count();
    }

    private void awaitOwner(String controller, String version) {
        Deadline.waitFor(
                controller + " " + version + " to own all connections",
                RunningCore.SOON,
                () -> isThere(controller, version)
                        && gateway.shown().owners().keySet().equals(Set.of(controller)));
    }

    private boolean isThere(String controller, String version) {
        return gateway.smapp.control().controllers().stream()
                .anyMatch(
                        each -> each.name().equals(controller) && each.version().equals(version));
    }

    /** Returns for how long each connection was without a controller, each time. */
    private long[] gapsMs() {
        Map<Long, Instant> left = new HashMap<>();
        LongStream.Builder gaps = LongStream.builder();
        for (JsonElement each : gateway.smapp.control().ask("journal").getAsJsonArray()) {
            JsonObject entry = each.getAsJsonObject();
            if (entry.get("type").getAsString().equals("CONTROLLER_ASSIGNED")) {
                long token = entry.get("token").getAsLong();
                Instant time = Instant.parse(entry.get("time").getAsString());
                if (entry.get("controller").getAsString().isEmpty()) {
                    left.put(token, time);
                } else {
                    Instant since = left.remove(token);
                    gaps.add(since == null ? 0 : time.toEpochMilli() - since.toEpochMilli());
                }
            }
        }
        return gaps.build().toArray();
    }
}
