package org.smapp.testkit.lab;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.TypeConversionException;

/** The gateway lab as a process of its own, for shell scripts. */
@Command(
        name = "lab",
        description = "A gateway with two lines and a server behind them, on this machine.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {LabMain.Up.class, LabMain.Check.class})
public final class LabMain {

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            scope = ScopeType.INHERIT,
            description = "Shows this.")
    private boolean help;

    private LabMain() {}

    public static void main(String[] args) {
        CommandLine line = new CommandLine(new LabMain());
        line.registerConverter(Shape.class, LabMain::shape);
        line.setExecutionExceptionHandler((failure, command, result) -> {
            if (!(failure instanceof LabException)) {
                throw failure;
            }
            command.getErr().println(failure.getMessage());
            return 1;
        });
        line.setCaseInsensitiveEnumValuesAllowed(true);
        System.exit(line.execute(args));
    }

    private static Shape shape(String text) {
        try {
            return Quantity.shape(text);
        } catch (LabException e) {
            throw new TypeConversionException(e.getMessage());
        }
    }

    /** Keeps a lab until its input ends. */
    @Command(
            name = "up",
            description =
                    "Makes the lab, prints HOST lines (name, namespace), LINK lines (name, what it is made of), with"
                            + " --serve a URL line (URL, bytes, SHA-256), and READY. Then it does what its input says, answers each"
                            + " line with OK or ERROR, and goes when the input ends.",
            footerHeading = "Input:%n",
            footer = LabConsole.HELP)
    static final class Up implements Callable<Integer> {

        private static final int PORT = 8080;
        private static final int MEGABYTE = 1_000_000;

        @Option(
                names = "--prefix",
                required = true,
                description = "The beginning of the names of the network namespaces.")
        private String prefix;

        @Option(
                names = "--kind",
                description = "How links are made: ${COMPLETION-CANDIDATES}; by default the best here.")
        private Link.Kind kind;

        @Option(names = "--fibre", description = "Rate, delay and loss of the first line, like 50M/10ms/1%%.")
        private Shape fibre = GatewayLab.FIBRE;

        @Option(names = "--lte", description = "Rate, delay and loss of the second line, like 20M/40ms.")
        private Shape lte = GatewayLab.LTE;

        @Option(names = "--seed", description = "Decides which frames are lost (default: ${DEFAULT-VALUE}).")
        private long seed = 1;

        @Option(
                names = "--serve",
                paramLabel = "MB",
                description = "Serves a file of that many MB with lighttpd on MPTCP.")
        private int servedMegabytes;

        @Option(
                names = "--kernel-path-manager",
                description = "Lets the gateway's in-kernel path manager use both lines, as without SMAPP.")
        private boolean kernelPathManager;

        @Override
        public Integer call() throws IOException {
            Link.Kind chosen = kind == null ? Link.Kind.best() : kind;
            List<String> missing =
                    servedMegabytes > 0 ? LabRequirements.missingForTraffic(chosen) : LabRequirements.missing(chosen);
            if (!missing.isEmpty()) {
                throw new LabException(String.join("\n", missing));
            }
            try (GatewayLab lab = GatewayLab.open(Lab.open(prefix, seed), chosen, fibre, lte)) {
                if (kernelPathManager) {
                    lab.useKernelPathManager();
                }
                describe(lab);
                BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
                new LabConsole(lab.links(), System.out).run(in);
            }
            return 0;
        }

        private void describe(GatewayLab lab) throws IOException {
            for (Host host : List.of(lab.gateway(), lab.server())) {
                System.out.println(
                        "HOST " + host.name() + " " + host.namespace().file());
            }
            for (Link link : lab.links()) {
                System.out.println("LINK " + link.name() + " " + link.description());
            }
            if (servedMegabytes > 0) {
                Path root = Files.createDirectory(lab.lab().directory().resolve("www"));
                Payload payload = Payload.write(root.resolve("file.bin"), (long) servedMegabytes * MEGABYTE, seed);
                WebServer server = WebServer.start(lab.lab(), lab.server(), root, PORT);
                System.out.println("URL " + server.url(GatewayLab.SERVER, "file.bin") + " " + payload.bytes() + " "
                        + payload.sha256());
            }
            System.out.println("READY");
            System.out.flush();
        }
    }

    /** Says what is missing. */
    @Command(name = "check", description = "Says what the lab misses on this machine; status 1 if anything.")
    static final class Check implements Callable<Integer> {

        @Override
        public Integer call() {
            Link.Kind kind = Link.Kind.best();
            List<String> missing = LabRequirements.missingForTraffic(kind);
            missing.forEach(System.err::println);
            System.out.println("Links are made of: " + kind);
            return missing.isEmpty() ? 0 : 1;
        }
    }
}
