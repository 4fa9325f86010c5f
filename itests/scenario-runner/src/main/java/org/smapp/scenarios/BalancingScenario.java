package org.smapp.scenarios;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.knowm.xchart.internal.chartpart.Chart;
import org.smapp.testkit.lab.Deadline;
import org.smapp.testkit.lab.LabException;
import org.smapp.testkit.lab.LabProcess;
import org.smapp.testkit.lab.Payload;
import org.smapp.testkit.lab.WebServer;

/** S4: one big transfer through a network that spreads flows over four paths by a hash of their ports. */
final class BalancingScenario implements Scenario {

    private static final long BYTES = 100_000_000;
    private static final long QUICK_BYTES = 10_000_000;
    private static final int PORT = 8080;
    private static final int SUBFLOWS = 5;
    private static final int FIRST_PORT = 20_000;
    private static final int PORTS_FOR_EACH_SEED = 500;
    private static final Duration LIMIT = Duration.ofMinutes(3);
    private static final Duration JOIN_LIMIT = Duration.ofSeconds(5);
    private static final String RECEIVER = """
            printf 'Content-Type: text/plain\\r\\n\\r\\n'
            exec sha256sum
            """;

    private static final String REFERENCE = "smapp ndiffports";
    private static final String BALANCING = "smapp flowlb";

    private static final double LONGEST_SHOWN_S = 60;

    private static final Metric TIME = Metric.atMost("completion time", "s", 36);
    private static final Metric HALF =
            Metric.atMost("completion time of half of the runs", "s", 30).forPercent(50);
    private static final Metric RATIO = Metric.atMost("time against ndiffports with the same seed", "", 1.05);
    private static final Metric PATHS = Metric.most("paths used", "");

    @Override
    public String name() {
        return "s4";
    }

    @Override
    public String title() {
        return "Flow-based load balancing: one transfer uses all paths";
    }

    @Override
    public String description() {
        return """
                Two routers spread flows over four paths of 8 Mbit/s with 10, 20, 30 and 40 ms, one way, by a hash of
                addresses and ports. curl uploads 100 MB to lighttpd, which answers with the checksum. The seed decides the
                source ports of the first %d subflows, and with them the paths, the same for all path managers. With
                headers the transfer takes 26.3 s if all paths are full all the time, 35 s with three of them, 53 s with
                two. The in-kernel path manager has no ndiffports; what comes closest is a server that announces its address
                with four more ports.""".formatted(SUBFLOWS);
    }

    @Override
    public int seeds() {
        return 20;
    }

    @Override
    public List<PathManager> pathManagers(Path smapp) {
        return List.of(
                new InKernel("kernel 5 ports", List.of()),
                new SmappController(smapp, "ndiffports", "subflows = " + SUBFLOWS + "\n"),
                SmappController.with(smapp, "flowlb"));
    }

    @Override
    public void measure(Run run) {
        try (BalancedLab lab = new BalancedLab(run.lab())) {
            if (run.pathManager() instanceof InKernel) {
                announcePorts(lab);
            }
            try (PathManager.InCharge inCharge = run.pathManager().start(lab.lab(), lab.client())) {
                inCharge.explaining(() -> upload(run, lab));
            }
        }
    }

    private static void announcePorts(BalancedLab lab) {
        for (int further = 1; further < SUBFLOWS; further++) {
            String port = Integer.toString(PORT + further);
            lab.server()
                    .run("ip", "mptcp", "endpoint", "add", BalancedLab.SERVER, "dev", "eth0", "port", port, "signal");
        }
    }

    private static void upload(Run run, BalancedLab lab) {
        String situation = run.quick() ? "10 MB" : "100 MB";
        Path root = lab.lab().directory();
        Payload payload = Payload.write(root.resolve("payload.bin"), run.quick() ? QUICK_BYTES : BYTES, 1);
        String url = receiver(lab, root);
        int ports = FIRST_PORT + (int) (run.seed() % 80) * PORTS_FOR_EACH_SEED;
        lab.clientPorts(ports, ports + SUBFLOWS - 2);
        LabProcess curl = lab.client()
                .start(
                        "mptcpize",
                        "run",
                        "curl",
                        "-sS",
                        "--fail",
                        "-H",
                        "Expect:",
                        "--local-port",
                        Integer.toString(ports + SUBFLOWS),
                        "-T",
                        payload.file().toString(),
                        "-w",
                        "%{stderr}%{time_total}",
                        url);
        try (Subflows subflows = new Subflows(lab.lab(), lab.client())) {
            Deadline.waitFor(
                    "there are " + SUBFLOWS + " subflows",
                    JOIN_LIMIT,
                    () -> subflows.now().size() >= SUBFLOWS);
        }
        lab.clientPorts(ports + SUBFLOWS + 1, ports + PORTS_FOR_EACH_SEED - 1); // whoever refreshes takes others
        if (curl.waitFor(LIMIT) != 0 || !curl.output().startsWith(payload.sha256())) {
            throw new LabException("The upload failed: " + curl.errors() + curl.output());
        }
        report(run, situation, Double.parseDouble(curl.errors()), lab.pathsUsed());
    }

    private static String receiver(BalancedLab lab, Path root) {
        try {
            Files.writeString(root.resolve("receive.cgi"), RECEIVER);
        } catch (IOException e) {
            throw new LabException("Can't write receive.cgi: " + e.getMessage(), e);
        }
        return WebServer.start(lab.lab(), lab.server(), root, PORT).url(BalancedLab.SERVER, "receive.cgi");
    }

    private static void report(Run run, String situation, double seconds, int paths) {
        run.measured(situation, run.quick() ? TIME.bounded(Double.NaN) : TIME, seconds);
        run.measured(situation, PATHS, paths);
        if (run.pathManager().name().equals(BALANCING)) {
            if (!run.quick()) {
                run.measured(situation, 0, HALF, seconds);
            }
            run.samples().series(TIME, situation, REFERENCE).stream()
                    .filter(each -> each.seed() == run.seed())
                    .forEach(each -> run.measured(situation, RATIO, seconds / each.value()));
        }
    }

    @Override
    public List<Metric> metrics() {
        return List.of(TIME, HALF, RATIO, PATHS);
    }

    @Override
    public Chart<?, ?> plot(Samples samples) {
        return Plots.distribution(
                "Completion time of one upload over four balanced paths",
                TIME,
                samples.situations(TIME).get(0),
                LONGEST_SHOWN_S,
                samples);
    }
}
