package org.smapp.walkthrough;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.smapp.testkit.gateway.EventLog;
import org.smapp.testkit.gateway.Smapp;
import org.smapp.testkit.lab.Deadline;
import org.smapp.testkit.lab.Download;
import org.smapp.testkit.lab.GatewayLab;
import org.smapp.testkit.lab.Lab;
import org.smapp.testkit.lab.LabException;
import org.smapp.testkit.lab.LabRequirements;
import org.smapp.testkit.lab.Link;
import org.smapp.testkit.lab.Payload;
import org.smapp.testkit.lab.WebServer;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Shows SMAPP at work on one download in the lab; see {@code runtime/demo}. Status 0 if every step came about. */
@Command(name = "walkthrough")
public final class Walkthrough implements Callable<Integer> {

    private static final int PORT = 8080;
    private static final int MEGABYTE = 1_000_000;
    private static final long SEED = 1;
    private static final Duration LIMIT = Duration.ofSeconds(10);

    @Option(names = "--home", required = true)
    private Path home;

    @Option(names = "--controller", required = true)
    private Path controller;

    @Option(names = "--next-controller", required = true)
    private Path nextController;

    @Option(names = "--prefix")
    private String prefix = "smapp-demo";

    @Option(names = "--megabytes")
    private int megabytes = 96;

    @Option(names = "--http")
    private String http = "off";

    @Option(names = "--keep")
    private boolean keep;

    private final PrintStream out = System.out;
    private final Timeline timeline = new Timeline(out);

    public static void main(String[] arguments) {
        System.exit(new CommandLine(new Walkthrough()).execute(arguments));
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        Link.Kind kind = Link.Kind.best();
        List<String> missing = LabRequirements.missingForTraffic(kind);
        if (!missing.isEmpty()) {
            missing.forEach(sentence -> System.err.println("demo: " + sentence));
            return 1;
        }
        try (GatewayLab lab = GatewayLab.open(Lab.open(prefix), kind, GatewayLab.FIBRE, GatewayLab.LTE)) {
            show(lab);
            return 0;
        } catch (LabException e) {
            System.err.println("demo: " + e.getMessage());
            return 1;
        }
    }

    private void show(GatewayLab lab) throws IOException, InterruptedException {
        describe(lab);
        Payload payload = Payload.write(root(lab).resolve("file.bin"), (long) megabytes * MEGABYTE, SEED);
        WebServer server = WebServer.start(lab.lab(), lab.server(), root(lab), PORT);
        String url = server.url(GatewayLab.SERVER, "file.bin");
        Smapp smapp = new Smapp(lab.lab(), lab.gateway(), home);
        smapp.deploy(controller, Story.JAR);
        smapp.start(http);
        timeline.say("smapp", smapp.process().output().strip());
        try {
            Map<String, String> findings = tell(lab, smapp, url, payload);
            if (keep) {
                print(findings);
                leaveRunning(lab, smapp, url);
            } else {
                findings.put("stop", stop(lab, smapp));
                print(findings);
            }
        } catch (LabException e) {
            System.err.println("The end of SMAPP's log:\n" + smapp.lastWords().indent(2));
            throw e;
        }
    }

    private static Path root(GatewayLab lab) throws IOException {
        return Files.createDirectories(lab.lab().directory().resolve("www"));
    }

    private Map<String, String> tell(GatewayLab lab, Smapp smapp, String url, Payload payload) {
        try (EventLog events =
                smapp.control().events(event -> EventText.of(event).ifPresent(text -> timeline.say("smapp", text)))) {
            Deadline.waitFor(
                    "the controller is installed",
                    LIMIT,
                    () -> smapp.control().controller(Story.CONTROLLER).isPresent());
            timeline.say("curl", "downloads " + megabytes + " MB: " + url);
            Download download = Download.start(lab.lab(), lab.gateway(), url);
            Story story = new Story(lab, smapp, events, timeline, download, payload);
            try (Meter meter = new Meter(timeline, lab.links(), download, payload.bytes())) {
                meter.begin();
                story.secondSubflow();
                story.swap(nextController);
                story.cut();
                story.mend();
                story.finish();
            }
            return story.findings();
        }
    }

    private String stop(GatewayLab lab, Smapp smapp) {
        long start = System.nanoTime();
        smapp.stop();
        String pathManager = lab.gateway().sysctl("net.mptcp.pm_type");
        if (!pathManager.equals("0")) {
            throw new LabException(
                    "SMAPP has not given the gateway back to the in-kernel path manager (net.mptcp.pm_type is "
                            + pathManager + ")");
        }
        return String.format("SMAPP ended in order in %d ms; the in-kernel path manager is back", millisSince(start));
    }

    private static long millisSince(long startNanos) {
        return (System.nanoTime() - startNanos) / 1_000_000;
    }

    private void describe(GatewayLab lab) {
        out.println("A gateway with two lines, a server behind both; curl and lighttpd speak MPTCP by 'mptcpize run'.");
        out.println();
        out.println("             /--- wan1  fibre, 50 Mbit/s, 10 ms ---\\");
        out.println("    gateway <                                        > server " + GatewayLab.SERVER);
        out.println("             \\--- wan2  lte,   20 Mbit/s, 40 ms ---/");
        out.println();
        out.println("Links are made of: " + lab.fibre().description() + ".");
        out.println();
    }

    private void print(Map<String, String> findings) {
        timeline.say("demo", "done");
        out.println();
        out.println("Summary");
        findings.forEach((subject, text) -> out.printf("  %-16s %s%n", subject, text));
        out.flush();
    }

    private void leaveRunning(GatewayLab lab, Smapp smapp, String url) throws IOException, InterruptedException {
        lab.gateway().start("sh", "-c", "while :; do mptcpize run curl -s -o /dev/null " + url + " || sleep 1; done");
        String network = "nsenter --net=" + lab.gateway().namespace().file() + " ";
        out.println();
        out.println(
                "Everything goes on, one download after the other, until Ctrl-C. To look at it from another terminal:");
        out.println("  " + home.resolve("bin/smapp") + " connections --control "
                + smapp.control().path());
        out.println("  " + home.resolve("bin/smapp") + " events --control "
                + smapp.control().path());
        if (isInUserNamespace()) {
            out.println(
                    "  nsenter -t " + ProcessHandle.current().pid() + " -U -m --preserve-credentials    # and there:");
        }
        out.println("  " + network + "ss -tinM");
        out.println("  " + network + "ip link set wan1 down");
        out.flush();
        new CountDownLatch(1).await();
    }

    private static boolean isInUserNamespace() throws IOException {
        return !Files.readString(Path.of("/proc/self/uid_map")).strip().endsWith("4294967295");
    }
}
