package org.smapp.scenarios;

import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.smapp.scenarios.Subflows.Established;
import org.smapp.scenarios.Subflows.Pair;
import org.smapp.testkit.lab.Deadline;
import org.smapp.testkit.lab.GatewayLab;
import org.smapp.testkit.lab.Host;
import org.smapp.testkit.lab.LabException;
import org.smapp.testkit.lab.Link;

/** One path manager, one seed, and one connection for each situation. */
final class MeshTrial implements AutoCloseable {

    /** What happens to the connection. */
    enum Situation {
        ADDRESS("address removed and given back", true),
        CARRIER("carrier lost and back", true),
        RESET("middlebox resets", false),
        SILENCE("middlebox drops silently", false),
        ANNOUNCEMENT("peer announces, then withdraws", true);

        private final String title;
        private final boolean quick;

        Situation(String title, boolean quick) {
            this.title = title;
            this.quick = quick;
        }

        boolean isQuick() {
            return quick;
        }
    }

    static final Metric WHOLE = Metric.atMost("mesh whole again after", "s", 3);
    static final Metric LOST = Metric.atMost("data lost", "bytes", 0);
    static final Metric PAUSE = Metric.least("longest pause of the data", "s");

    /** After which the mesh counts as never whole. */
    static final Duration LIMIT = Duration.ofSeconds(6);

    private static final Duration START_LIMIT = Duration.ofSeconds(10);
    private static final int BLOCK_BYTES = 40_000;
    private static final Duration PERIOD = Duration.ofMillis(25);
    private static final int LEAST_BLOCKS = 20;
    private static final int MORE_BLOCKS = 40;
    private static final int SHORTEST_OUTAGE_MS = 1_000;
    private static final int LONGER_OUTAGE_MS = 7_000;
    private static final String FURTHER_ADDRESS = "10.71.9.2";
    private static final String ANNOUNCED_ID = "9";

    private final GatewayLab lab;
    private final Run run;
    private final Subflows subflows;
    private final Middlebox middlebox;
    private final Set<Integer> forgotten = new HashSet<>();

    MeshTrial(GatewayLab lab, Run run) {
        this.lab = lab;
        this.run = run;
        this.subflows = new Subflows(lab.lab(), lab.gateway());
        this.middlebox = Middlebox.before(lab.server());
        lab.server().address("lo", FURTHER_ADDRESS + "/32");
    }

    /** Returns the gateway's address on a line. */
    static String address(int wan) {
        return "10.71." + wan + ".2";
    }

    /** Opens a connection, lets the situation come about, and takes the time. */
    void measure(Situation situation) {
        Random random = run.random(situation.name());
        Blocks blocks = Blocks.start(lab.lab(), lab.gateway(), lab.server(), GatewayLab.SERVER, BLOCK_BYTES, PERIOD);
        Deadline.waitFor(
                "the mesh is whole at first", START_LIMIT, () -> connected().equals(pairs(GatewayLab.SERVER)));
        long moment = blocks.arrived() + LEAST_BLOCKS + random.nextInt(MORE_BLOCKS);
        Deadline.waitFor("data flows", START_LIMIT, () -> blocks.arrived() >= moment);
        int wan = 1 + random.nextInt(2);
        long outageMs = SHORTEST_OUTAGE_MS + random.nextInt(LONGER_OUTAGE_MS);
        long begin = System.nanoTime();
        switch (situation) {
            case ADDRESS -> address(wan, outageMs);
            case CARRIER -> carrier(wan, outageMs);
            case RESET -> forget(wan, Middlebox.Manners.RESETS);
            case SILENCE -> forget(wan, Middlebox.Manners.DROPS);
            case ANNOUNCEMENT -> announcement();
        }
        if (situation != Situation.ANNOUNCEMENT) {
            awaitCarrying(situation);
        }
        run.measured(situation.title, PAUSE, blocks.longestPauseSeconds(begin));
        blocks.finish(START_LIMIT);
        run.measured(situation.title, LOST, blocks.lostBytes());
    }

    private void address(int wan, long outageMs) {
        String device = "wan" + wan;
        lab.gateway().run("ip", "address", "del", address(wan) + "/24", "dev", device);
        pass(outageMs);
        lab.gateway().address(device, address(wan) + "/24");
        // The kernel took the routes with the address; like a DHCP client, give the address back first and then them.
        String nextHop = "10.71." + wan + ".1";
        lab.gateway().route("default", "via", nextHop, "dev", device, "metric", wan + "00");
        lab.gateway().route("default", "via", nextHop, "dev", device, "table", Integer.toString(wan));
    }

    private void carrier(int wan, long outageMs) {
        Link line = lab.links().get(wan - 1);
        line.carrier(Link.End.NEAR, false);
        pass(outageMs);
        line.carrier(Link.End.NEAR, true);
    }

    private static void pass(long outageMs) {
        long start = System.nanoTime();
        Deadline.waitFor(
                "the outage is over",
                Duration.ofMillis(2 * outageMs),
                () -> System.nanoTime() - start >= outageMs * 1_000_000);
    }

    private void forget(int wan, Middlebox.Manners manners) {
        Established flow = subflows.now().stream()
                .filter(each -> each.pair().local().equals(address(wan)))
                .findFirst()
                .orElseThrow(() -> new LabException("There is no subflow over wan" + wan));
        forgotten.add(flow.localPort());
        middlebox.forget(flow.localPort(), manners);
    }

    private void announcement() {
        Host server = lab.server();
        server.run("ip", "mptcp", "endpoint", "add", FURTHER_ADDRESS, "id", ANNOUNCED_ID, "dev", "lo", "signal");
        Set<Pair> four = pairs(FURTHER_ADDRESS);
        four.addAll(pairs(GatewayLab.SERVER));
        takeTime("peer announces an address", () -> connected().equals(four));
        server.run("ip", "mptcp", "endpoint", "del", "id", ANNOUNCED_ID);
        takeTime("peer withdraws it", () -> connected().equals(pairs(GatewayLab.SERVER)));
    }

    /** Both lines are needed for the data, so a pair whose subflow gets nothing acknowledged does not count. */
    private void awaitCarrying(Situation situation) {
        Map<Integer, Long> before = new HashMap<>();
        subflows.now().forEach(each -> before.put(each.localPort(), each.acknowledgedBytes()));
        takeTime(situation.title, () -> {
            Set<Pair> carrying = new HashSet<>();
            for (Established each : subflows.now()) {
                boolean isAlive = !forgotten.contains(each.localPort());
                if (isAlive && each.acknowledgedBytes() > before.getOrDefault(each.localPort(), 0L)) {
                    carrying.add(each.pair());
                }
            }
            return carrying.equals(pairs(GatewayLab.SERVER));
        });
    }

    private void takeTime(String title, Deadline.Condition isWhole) {
        long start = System.nanoTime();
        Deadline.waitFor(
                "the mesh is whole, or never will be",
                LIMIT.multipliedBy(2),
                () -> isWhole.holds() || System.nanoTime() - start > LIMIT.toNanos());
        double seconds = (System.nanoTime() - start) / 1e9;
        run.measured(title, WHOLE, seconds > LIMIT.toSeconds() ? Double.POSITIVE_INFINITY : seconds);
    }

    private Set<Pair> connected() {
        return subflows.now().stream().map(Established::pair).collect(Collectors.toSet());
    }

    private static Set<Pair> pairs(String remote) {
        return new HashSet<>(Set.of(new Pair(address(1), remote), new Pair(address(2), remote)));
    }

    @Override
    public void close() {
        subflows.close();
    }
}
